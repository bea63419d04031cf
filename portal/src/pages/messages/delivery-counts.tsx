import { Group, Text } from "@mantine/core";
import type { MessageDeliveryCounts } from "../../api/schema.d.ts";
import { Pill, type Tone } from "../../components/status/status-badge.tsx";

/** What needs somebody's eyes comes first. */
const KINDS: readonly (readonly [keyof MessageDeliveryCounts, Tone, string])[] = [
  ["fail", "fail", "failed"],
  ["sending", "wait", "retrying"],
  ["pending", "wait", "pending"],
  ["success", "success", "succeeded"],
  ["canceled", "quiet", "canceled"],
];

/** What became of a message at its endpoints: "1 failed", "2 succeeded". */
export function DeliveryCounts({ counts }: { readonly counts: MessageDeliveryCounts | undefined }) {
  if (counts === undefined) return null;
  const found = KINDS.filter(([kind]) => counts[kind] > 0);
  if (found.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        No endpoint gets it
      </Text>
    );
  }
  return (
    <Group gap={5}>
      {found.map(([kind, tone, word]) => (
        <Pill key={kind} tone={tone}>
          {`${counts[kind].toLocaleString("en")} ${word}`}
        </Pill>
      ))}
    </Group>
  );
}
