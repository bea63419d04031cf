import { z } from "zod";
import { NAME } from "../input/fields.ts";
import { EVENT_TYPES } from "../input/history-query.ts";
import { TIME } from "../input/times.ts";

export const EXPORT_STATUSES = ["failed", "pending", "canceled", "succeeded", "missed"] as const;

export const EXPORT_FORMATS = ["csv", "json", "jsonl"] as const;

/** "a,b", or a list. */
const STATUSES = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(",")))
  .pipe(z.array(z.enum(EXPORT_STATUSES)).min(1))
  .default(["failed"])
  .describe(
    "Which deliveries, with commas between: failed (for good), pending, canceled, succeeded; and " +
      "missed, messages that an endpoint is subscribed to and was never to get",
  );

export const EXPORT_QUERY = z.object({
  format: z.enum(EXPORT_FORMATS).default("csv").describe("jsonl has one JSON object a line"),
  endpoint_id: NAME.optional().describe("Of one endpoint, by its id or uid; else of all"),
  status: STATUSES,
  event_types: EVENT_TYPES.optional().describe("Only of these event types, with commas between"),
  since: TIME.optional().describe("Only of messages from then on; without, of all"),
  until: TIME.optional().describe("Only of messages before then; without, up to now"),
});

/** In the order of the columns. */
export const EXPORT_ROW = z
  .object({
    messageId: z.string(),
    eventId: z.string().nullable(),
    eventType: z.string(),
    endpointId: z.string(),
    url: z.string().describe("Where the last attempt went; else where the next would"),
    state: z.string().describe("pending, succeeded, missed, or why no attempt follows"),
    attempts: z.int().describe("How many the schedule has made"),
    lastAttemptAt: z.iso.datetime().nullable(),
    statusCode: z.int().nullable().describe("null where there was no answer"),
    reason: z.string().nullable().describe("Why there was no answer: timeout, dns …"),
    detail: z.string().nullable().describe("The same as a sentence"),
    nextAttemptAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ExportedDelivery" });

export type ExportRow = z.output<typeof EXPORT_ROW>;
