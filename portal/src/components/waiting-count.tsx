import { Text } from "@mantine/core";
import { waitingCount, waitingWords, type Waiting } from "./waiting-words.ts";

/** In a table. */
export function WaitingCount(waiting: Waiting) {
  const isNone = waitingCount(waiting) === 0;
  return (
    <Text size="sm" title="Messages that wait for an attempt" {...(isNone && { c: "dimmed" })}>
      {waitingWords(waiting)}
    </Text>
  );
}
