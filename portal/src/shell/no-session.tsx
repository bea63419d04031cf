import { Center } from "@mantine/core";
import { IconClockOff, IconLink, IconPlugConnectedX } from "@tabler/icons-react";
import { EmptyState } from "../components/empty-state.tsx";
import { useTitle } from "./use-title.ts";

export type WhyNoSession = "no-link" | "expired" | "unreachable";

const REASONS = {
  "no-link": {
    icon: IconLink,
    title: "Open this page from your account",
    text:
      "Your webhooks are shown to whoever comes with a link from the product that sends them. " +
      "Go to its webhook settings, and open the portal from there.",
  },
  expired: {
    icon: IconClockOff,
    title: "This link has expired",
    text:
      "A link to your webhooks works once, and its session lasts for a limited time. Go back to " +
      "where you found it, and open the portal again: you get a new one.",
  },
  unreachable: {
    icon: IconPlugConnectedX,
    title: "The server could not be reached",
    text:
      "Check your connection. Then go back to where you found the link, and open the portal from " +
      "there again.",
  },
} as const;

export function NoSession({ why }: { readonly why: WhyNoSession }) {
  const { icon, title, text } = REASONS[why];
  useTitle(title);
  return (
    <Center component="main" mih="100vh" p="lg">
      <EmptyState icon={icon} title={title} order={1}>
        {text}
      </EmptyState>
    </Center>
  );
}
