import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MessageAttemptOut } from "../../../../api/schema.d.ts";
import { AttemptBadge } from "../../../../components/attempts/attempt-badge.tsx";
import type { Column } from "../../../../components/table/data-table.tsx";
import { RelativeTime } from "../../../../components/time/relative-time.tsx";
import { tookWords } from "../../../../components/time/words.ts";
import type { OverviewSearch } from "./overview-search.ts";

export function attemptColumns(
  searchOf: (attempt: MessageAttemptOut) => OverviewSearch,
): readonly Column<MessageAttemptOut>[] {
  return [
    {
      label: "Message",
      cell: (attempt) => (
        <Stack gap={2} align="flex-start">
          <Anchor
            size="sm"
            fw={550}
            c="var(--mantine-color-text)"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/portal/endpoints/$endpointId"
                params={{ endpointId: attempt.endpointId }}
                search={searchOf(attempt)}
                replace
                resetScroll={false}
              />
            )}
          >
            {attempt.msg?.eventType ?? "Its message was deleted"}
          </Anchor>
          <Text size="xs" c="dimmed" className="mono">
            {attempt.msgId}
          </Text>
        </Stack>
      ),
    },
    { label: "Outcome", width: 150, cell: (attempt) => <Outcome attempt={attempt} /> },
    {
      label: "Took",
      width: 84,
      align: "right",
      isMinor: true,
      cell: ({ responseDurationMs }) => <Text size="sm">{tookWords(responseDurationMs)}</Text>,
    },
    {
      label: "When",
      width: 150,
      isMinor: true,
      cell: ({ timestamp }) => <RelativeTime at={timestamp} />,
    },
  ];
}

function Outcome({ attempt }: { readonly attempt: MessageAttemptOut }) {
  return (
    <Stack gap={4} align="flex-start">
      <AttemptBadge attempt={attempt} />
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        <RelativeTime at={attempt.timestamp} />
      </Text>
    </Stack>
  );
}
