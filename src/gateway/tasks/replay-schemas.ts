import { z } from "zod";
import { CHANNEL, NAME, TAG, unique } from "../input/fields.ts";
import { ANY_STATUS, ANY_STATUS_TEXT, STATUS_CODE_CLASS } from "../input/status-filters.ts";
import { TIME } from "../input/times.ts";

const RANGE = {
  since: TIME.describe("Messages from this time on"),
  until: TIME.nullish().describe("Messages before this time; now by default"),
};

export const RECOVER_DAYS_MAX = 14;
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
    status: ANY_STATUS.nullish().describe(ANY_STATUS_TEXT),
    statusCodeClass: STATUS_CODE_CLASS.nullish().describe(
      "Only messages that the endpoint answered so at least once; 0: not at all",
    ),
  })
  .meta({ id: "BulkReplayIn" });
