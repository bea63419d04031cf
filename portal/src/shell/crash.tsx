import { Button } from "@mantine/core";
import { IconMoodSad } from "@tabler/icons-react";
import { EmptyState } from "../components/empty-state.tsx";

/** What our own mistakes look like. Everything that the API answers is shown by the page itself. */
export function Crash() {
  return (
    <EmptyState
      icon={IconMoodSad}
      title="This page broke"
      order={1}
      action={<Button onClick={() => location.reload()}>Load it again</Button>}
    >
      That is our mistake, and nothing of yours is lost: your webhooks go on being delivered. If it
      happens again, please tell the people who gave you this link.
    </EmptyState>
  );
}
