import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { LastDayOut } from "../../api/schema.d.ts";
import { Sparkline } from "../../components/sparkline.tsx";
import classes from "./health.module.css";

type LastDayProps = { readonly lastDay: LastDayOut };

/** The last 24 hours, in three numbers and how they came about. */
export function LastDay({ lastDay }: LastDayProps) {
  const { messages, success, failure, isExact } = lastDay;
  const { messageCount, successCount, failureCount } = lastDay;
  const none = messageCount.map(() => 0);
  return (
    <section aria-label="The last 24 hours">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <Tile label="Messages" value={wordsOf(messages, isExact)}>
          <Sparkline success={messageCount} failure={none} label={`${messages} messages`} />
        </Tile>
        <Tile label="Attempts" value={wordsOf(success + failure, isExact)}>
          <Sparkline
            success={successCount}
            failure={failureCount}
            label={`${success} succeeded and ${failure} failed`}
          />
        </Tile>
        <Tile
          label={`Failed attempts${rateWords(success, failure)}`}
          value={wordsOf(failure, isExact)}
          isBad={failure > success}
        >
          <Sparkline success={none} failure={failureCount} label={`${failure} failed`} />
        </Tile>
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={8}>
        In the last 24 hours, by the hour.
        {!isExact && " There were so many that not all were counted."}
      </Text>
    </section>
  );
}

type TileProps = {
  readonly label: string;
  readonly value: string;
  readonly isBad?: boolean;
  readonly children: ReactNode;
};

function Tile({ label, value, isBad = false, children }: TileProps) {
  return (
    <div className={classes["tile"]}>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <span className={classes["number"]} data-bad={isBad}>
            {value}
          </span>
        </Stack>
        {children}
      </Group>
    </div>
  );
}

function wordsOf(count: number, isExact: boolean): string {
  return `${count.toLocaleString("en")}${isExact ? "" : "+"}`;
}

function rateWords(success: number, failure: number): string {
  const all = success + failure;
  return all === 0 ? "" : ` · ${((failure / all) * 100).toFixed(1)}\u00a0%`;
}
