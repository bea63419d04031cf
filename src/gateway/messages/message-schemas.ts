import { z } from "zod";
import { APPLICATION_IN } from "../applications/application-schemas.ts";
import { CHANNELS, NAME, uid } from "../input/fields.ts";
import { historyQuery } from "../input/history-query.ts";
import { isObject } from "../input/json-object.ts";
import { FLAG, listOf } from "../input/listing.ts";
import { TIME } from "../input/times.ts";
import { PAYLOAD_HEADERS, TAGS } from "./message-fields.ts";

export const RETENTION_DAYS_MAX = 90;
export const DELIVER_AHEAD_DAYS_MAX = 366;
const RETENTION_HOURS_MAX = 2_160;

/** Only looked at, never copied: what is kept and sent are the bytes of the request. */
export const PAYLOAD = z
  .custom<object>(isObject, { error: "Input should be a JSON object" })
  .meta({ type: "object" });

const RAW_PAYLOAD = z.string().refine(isRawPayload, {
  error: "Input that begins with { should be a JSON object",
});

export const MESSAGE_IN = z
  .object({
    eventType: NAME,
    payload: PAYLOAD.optional().describe(
      "Required, unless data is there. What is sent, byte for byte",
    ),
    data: PAYLOAD.optional().meta({ deprecated: true, description: "The older name of payload" }),
    eventId: uid("msg").nullish().describe("Your id of it; a second message with it is refused"),
    channels: CHANNELS.nullish().describe("Endpoints with channels get it only if they share one"),
    tags: TAGS.nullish(),
    payloadRetentionPeriod: z
      .int()
      .min(1)
      .max(RETENTION_DAYS_MAX)
      .nullish()
      .describe(`Days until the payload is deleted; ${RETENTION_DAYS_MAX} if nothing is said`),
    payloadRetentionHours: z
      .int()
      .min(1)
      .max(RETENTION_HOURS_MAX)
      .nullish()
      .describe("The same in hours, in place of days"),
    deliverAt: TIME.nullish().describe(
      `When it is sent, at most ${DELIVER_AHEAD_DAYS_MAX} days from now, to the endpoints that are ` +
        "subscribed now; none, or a time that has passed: at once. Its retention begins then",
    ),
    application: APPLICATION_IN.nullish().describe("Is created first if the path's is not there"),
    transformationsParams: z
      .object({ rawPayload: RAW_PAYLOAD.nullish(), headers: PAYLOAD_HEADERS.nullish() })
      .nullish()
      .describe("rawPayload: a text that is sent in place of the payload"),
  })
  .refine(saysRetentionOnce, {
    error: "Input should be null where payloadRetentionPeriod is given",
    path: ["payloadRetentionHours"],
  })
  .meta({ id: "MessageIn" });

export const MESSAGE_OUT = z
  .object({
    id: z.string(),
    eventType: z.string(),
    eventId: z.string().nullable(),
    channels: z.array(z.string()).readonly().nullable(),
    tags: z.array(z.string()).readonly().nullable(),
    payload: z
      .looseObject({})
      .describe('{} if it was not asked for, {"expired":true} once it was deleted'),
    timestamp: z.iso.datetime(),
    deliverAt: z.iso.datetime().nullable().describe("null: it is sent at once"),
    deliveries: z
      .object({
        success: z.int().min(0),
        pending: z.int().min(0).describe("Not attempted so far"),
        fail: z.int().min(0).describe("For good"),
        sending: z.int().min(0).describe("An attempt failed, and another follows"),
        canceled: z.int().min(0),
      })
      .meta({ id: "MessageDeliveryCounts" })
      .optional()
      .describe("How many of its endpoints it fares how at: in lists, with with_deliveries=true"),
  })
  .meta({ id: "MessageOut" });

export const MESSAGE_LIST_OUT = listOf(MESSAGE_OUT, "MessageOut");

export const MESSAGE_DETAILS_OUT = MESSAGE_OUT.extend({
  workflowId: z.string().nullable().describe("Where to look in Temporal"),
}).meta({ id: "MessageDetailsOut" });

export const CONTENT_QUERY = z.object({
  with_content: FLAG.default(true).describe("false leaves the payload out of the answer"),
});

export const MESSAGE_LIST_QUERY = historyQuery("msg").extend({
  with_deliveries: FLAG.default(false).describe("true counts each message's deliveries"),
});

type Retention = {
  readonly payloadRetentionPeriod?: number | null | undefined;
  readonly payloadRetentionHours?: number | null | undefined;
};

function saysRetentionOnce(message: Retention): boolean {
  const { payloadRetentionPeriod: days = null, payloadRetentionHours: hours = null } = message;
  return days === null || hours === null;
}

/** A kept payload whose first character is { is answered verbatim, so it has to be JSON. */
function isRawPayload(text: string): boolean {
  if (!text.startsWith("{")) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
