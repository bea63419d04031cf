import { Anchor } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { IconMapOff } from "@tabler/icons-react";
import { EmptyState } from "../components/empty-state.tsx";
import { useTitle } from "./use-title.ts";

const HOMES = {
  console: { to: "/console/applications", words: "Go to your applications" },
  portal: { to: "/portal/endpoints", words: "Go to your endpoints" },
} as const;

export function NotFound() {
  const isConsole = useLocation().pathname.startsWith("/console");
  const home = HOMES[isConsole ? "console" : "portal"];
  useTitle("Not found");
  return (
    <EmptyState
      icon={IconMapOff}
      title="There is no such page"
      order={1}
      action={
        <Anchor component={Link} to={home.to}>
          {home.words}
        </Anchor>
      }
    >
      The address may be mistyped, or what it showed may be gone.
    </EmptyState>
  );
}
