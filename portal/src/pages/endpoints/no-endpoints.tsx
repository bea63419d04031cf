import { Card, SimpleGrid, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconBellRinging, IconRepeat, IconShieldCheck, IconWebhook } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";

const STEPS = [
  {
    icon: IconBellRinging,
    title: "You are told at once",
    text: "As soon as something happens, your server gets a POST with what it was, as JSON.",
  },
  {
    icon: IconShieldCheck,
    title: "You can tell that it is genuine",
    text: "Each POST is signed with a secret of yours. You get code that verifies it.",
  },
  {
    icon: IconRepeat,
    title: "Nothing gets lost",
    text: "Unless your server answers 2xx, it is sent again, at longer and longer intervals. You see every attempt.",
  },
] as const;

type NoEndpointsProps = { readonly action: ReactNode };

/** Where there is none: what one is for, to somebody who has never had any. */
export function NoEndpoints({ action }: NoEndpointsProps) {
  return (
    <Card padding="xl">
      <EmptyState icon={IconWebhook} title="Add your first endpoint" action={action}>
        An endpoint is a URL of your server. Messages are sent there as they happen, so that you
        need not ask for news.
      </EmptyState>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xl" px={{ base: 0, sm: "md" }} pb="md">
        {STEPS.map(({ icon: Picture, title, text }) => (
          <Stack key={title} gap={6}>
            <ThemeIcon variant="light" size={34} radius="md" aria-hidden>
              <Picture size={19} stroke={1.6} />
            </ThemeIcon>
            <Text fw={600} size="sm" mt={4}>
              {title}
            </Text>
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
    </Card>
  );
}
