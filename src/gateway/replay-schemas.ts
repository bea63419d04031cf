import { z } from "zod";
import type { MessageRange, ReplayFilter, ReplayStatus } from "../domain/background-task.ts";
import { CHANNEL, NAME, unique } from "./fields.ts";
import { TIME, timeMs } from "./history-query.ts";
import { TAG } from "./message-fields.ts";
import { invalidField } from "./problem.ts";

const RANGE = {
  since: TIME.describe("Messages from this time on"),
  until: TIME.nullish().describe("Messages before this time; now by default"),
};

export const RECOVER_DAYS_MAX = 14;
/** Whoever asks for the whole window reckoned its beginning a while ago. */
const GRACE_MS = 5 * 60_000;
/** A statement carries them all, and databases take only so many parameters. */
const EVENT_TYPES_MAX = 1_000;

export const RECOVER_IN = z
  .object({
    ...RANGE,
    since: TIME.describe(
      `Messages from this time on: at most ${RECOVER_DAYS_MAX} days before until`,
    ),
  })
  .meta({ id: "RecoverIn" });

export const REPLAY_IN = z.object(RANGE).meta({ id: "ReplayIn" });

const STATUSES: Readonly<Record<number, ReplayStatus>> = {
  0: "succeeded",
  1: "unattempted",
  2: "failed",
  3: "retrying",
  4: "canceled",
};

export const BULK_REPLAY_IN = z
  .object({
    ...RANGE,
    eventTypes: z
      .array(NAME)
      .max(EVENT_TYPES_MAX)
      .transform(unique)
      .nullish()
      .describe("Only messages of these event types"),
    channel: CHANNEL.nullish().describe("Only messages with this channel"),
    tag: TAG.nullish().describe("Only messages with this tag"),
    status: z
      .literal([0, 1, 2, 3, 4])
      .nullish()
      .describe("0 success, 1 pending, 2 fail, 3 sending, 4 canceled"),
    statusCodeClass: z
      .literal([0, 100, 200, 300, 400, 500])
      .nullish()
      .describe("Only messages that the endpoint answered so at least once; 0: not at all"),
  })
  .meta({ id: "BulkReplayIn" });

type Range = { readonly since: string; readonly until?: string | null | undefined };

/** Throws a ProblemError (422) if it ends before it begins, or after `nowMs`, or is too long. */
export function rangeIn({ since, until }: Range, nowMs: number, daysMax = Infinity): MessageRange {
  const sinceMs = timeMs(since);
  const untilMs = until === undefined || until === null ? nowMs : timeMs(until);
  if (untilMs > nowMs) throw invalidRange("until", "Input should not be in the future");
  if (sinceMs > nowMs) throw invalidRange("since", "Input should not be in the future");
  if (sinceMs > untilMs) throw invalidRange("since", "Input should not be after until");
  if (untilMs - sinceMs > daysMax * 86_400_000 + GRACE_MS) {
    throw invalidRange("since", `Input should be at most ${daysMax} days before until`);
  }
  return { sinceMs, untilMs };
}

function invalidRange(field: "since" | "until", msg: string): Error {
  return invalidField(["body", field], msg);
}

export function filterIn(body: z.output<typeof BULK_REPLAY_IN>): ReplayFilter {
  const { eventTypes, channel, tag, statusCodeClass } = body;
  const status = STATUSES[body.status ?? -1];
  return {
    ...(eventTypes && { eventTypes }),
    ...(channel && { channel }),
    ...(tag && { tag }),
    ...(status && { status }),
    ...(typeof statusCodeClass === "number" && { statusCodeClass }),
  };
}
