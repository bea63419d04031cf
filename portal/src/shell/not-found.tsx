import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconMapOff } from "@tabler/icons-react";
import { EmptyState } from "../components/empty-state.tsx";
import { useTitle } from "./use-title.ts";

export function NotFound() {
  useTitle("Not found");
  return (
    <EmptyState
      icon={IconMapOff}
      title="There is no such page"
      order={1}
      action={
        <Anchor component={Link} to="/portal/endpoints">
          Go to your endpoints
        </Anchor>
      }
    >
      The address may be mistyped, or what it showed may be gone.
    </EmptyState>
  );
}
