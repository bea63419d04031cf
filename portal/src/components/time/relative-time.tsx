import { Tooltip } from "@mantine/core";
import classes from "./relative-time.module.css";
import { useNow } from "./use-now.ts";
import { exactWords, relativeWords } from "./words.ts";

type RelativeTimeProps = {
  /** As the API writes it. */
  readonly at: string;
};

/** "4 minutes ago", or the live "in 4 min 12 s"; the exact time on hover and focus. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const timeMs = Date.parse(at);
  const nowMs = useNow(timeMs);
  return (
    <Tooltip label={exactWords(timeMs)}>
      {/* Whoever has no pointer gets at the exact time by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <time dateTime={at} tabIndex={0} className={classes["time"]}>
        {relativeWords(timeMs, nowMs)}
      </time>
    </Tooltip>
  );
}
