import { z } from "zod";
import { CHANNEL, TAG } from "../input/fields.ts";
import { EVENT_TYPE_NAMES } from "../input/history-query.ts";
import { iterator, LIMIT_DEFAULT, LIMIT_MAX } from "../input/listing.ts";
import { TIME } from "../input/times.ts";

const LIMIT = z
  .int()
  .min(1)
  .max(LIMIT_MAX, { error: `Given limit must not exceed ${LIMIT_MAX}` })
  .nullish()
  .transform((limit) => limit ?? LIMIT_DEFAULT)
  .describe(`How many a page has at most; ${LIMIT_DEFAULT} if nothing is said`);

/** What the list's query may say, as JSON. */
export const MESSAGE_SEARCH_IN = z
  .object({
    limit: LIMIT,
    iterator: orNull(iterator("msg")),
    channel: orNull(CHANNEL.describe("Only messages with this channel")),
    tag: orNull(TAG.describe("Only messages with this tag")),
    event_types: orNull(EVENT_TYPE_NAMES.describe("Only of these event types")),
    before: orNull(TIME.describe("Only what is older")),
    after: orNull(TIME.describe("Only what is newer; without it, the last 90 days")),
    with_content: z.boolean().default(false).describe("true answers the payloads, too"),
    with_deliveries: z.boolean().default(false).describe("true counts each message's deliveries"),
  })
  .meta({ id: "MessageSearchIn" });

function orNull<Schema extends z.ZodType>(schema: Schema) {
  const { description = "" } = schema;
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .describe(description);
}
