import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MessageAttemptOut } from "../../../../api/schema.d.ts";
import { Pill, StatusBadge } from "../../../../components/status/status-badge.tsx";
import type { Column } from "../../../../components/table/data-table.tsx";
import { RelativeTime } from "../../../../components/time/relative-time.tsx";
import { tookWords } from "../../../../components/time/words.ts";
import type { OverviewSearch } from "./overview-search.ts";

const BY_HAND = 1;

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
  const { statusText, responseStatusCode: code, triggerType, timestamp } = attempt;
  return (
    <Stack gap={4} align="flex-start">
      <Group gap={6}>
        <StatusBadge
          status={statusText === "success" ? "success" : "fail"}
          label={
            code === 0
              ? "No answer"
              : `${statusText === "success" ? "Succeeded" : "Failed"} ${code}`
          }
        />
        {triggerType === BY_HAND && <Pill tone="quiet">By hand</Pill>}
      </Group>
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        <RelativeTime at={timestamp} />
      </Text>
    </Stack>
  );
}
