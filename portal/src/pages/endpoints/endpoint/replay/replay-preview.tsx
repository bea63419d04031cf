import { Loader, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReplayKind } from "../../../../api/replays.ts";
import type { ReplayPreviewOut } from "../../../../api/schema.d.ts";
import { ErrorState } from "../../../../components/error-state.tsx";
import { manyWords } from "../../../../components/numbers.ts";
import { exactWords } from "../../../../components/time/words.ts";
import { REPLAY_KINDS } from "./replay-kinds.ts";
import classes from "./replay.module.css";

type ReplayPreviewProps = {
  readonly kind: ReplayKind;
  /** Why nothing can be counted. */
  readonly fault: string | undefined;
  readonly preview: UseQueryResult<ReplayPreviewOut>;
};

/** How many messages it would be, before anything is sent. */
export function ReplayPreview({ kind, fault, preview }: ReplayPreviewProps) {
  const { data, error, isFetching, refetch } = preview;
  if (fault === undefined && error !== null) {
    return (
      <ErrorState title="It could not be counted" error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className={classes["preview"]} role="status">
      {fault !== undefined || data === undefined ? (
        <Text size="sm">{fault ?? "Counting…"}</Text>
      ) : (
        <Counted kind={kind} counted={data} />
      )}
      {isFetching && <Loader size={14} aria-label="Counting" />}
    </div>
  );
}

type CountedProps = { readonly kind: ReplayKind; readonly counted: ReplayPreviewOut };

function Counted({ kind, counted: { matching, isExact, oldest, newest } }: CountedProps) {
  if (matching === 0) return <Text size="sm">{REPLAY_KINDS[kind].nothing}</Text>;
  return (
    <div>
      <Text size="sm" fw={600}>
        {messagesWords(matching, isExact)} will be sent
      </Text>
      {oldest !== null && (
        <Text size="xs" c="dimmed">
          {newest === null || newest === oldest
            ? `From ${exactWords(Date.parse(oldest))}`
            : `From ${exactWords(Date.parse(oldest))} to ${exactWords(Date.parse(newest))}`}
        </Text>
      )}
    </div>
  );
}

function messagesWords(count: number, isExact: boolean): string {
  return `${isExact ? "" : "More than "}${manyWords(count, "message")}`;
}
