import { z } from "zod";
import { CHOSEN_SECRET } from "../endpoints/request-format-schemas.ts";
import { ENDPOINT_URL, EVENT_TYPES_MAX } from "../endpoints/endpoint-schemas.ts";
import { TEXT, unique } from "../input/fields.ts";
import { iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";
import { APPLICATION_QUERY } from "./of-application.ts";
import { RETRY_IN, RETRY_OUT } from "./retry-schemas.ts";

const NAME_LENGTH_MAX = 256;
const EVENT_LENGTH_MAX = 256;
export const ALL = "*";

const EVENT = z
  .string()
  .max(EVENT_LENGTH_MAX)
  .regex(/^(?:\*|[a-zA-Z0-9\-_.]+)$/, {
    error: 'Input should be "*", or consist of letters, digits, and the characters - _ .',
  });

const EVENTS = z
  .array(EVENT)
  .min(1)
  .max(EVENT_TYPES_MAX)
  .transform(unique)
  .describe('Names of event types; ["*"], or none at all, is every one');

const NAME = TEXT.min(1).max(NAME_LENGTH_MAX).describe("For you, to tell your webhooks apart");
const SECRET = CHOSEN_SECRET.describe("What deliveries are signed with: 8 to 256 characters");
const DESCRIPTION = TEXT.optional();
const RETRY_TEXT = "When it is tried again; without it, as the default says";

export const WEBHOOK_IN = z
  .strictObject({
    url: ENDPOINT_URL,
    events: EVENTS.optional(),
    name: NAME.nullish(),
    description: DESCRIPTION,
    secret: SECRET.nullish().describe("Your own secret; without one, it gets a random one"),
    retry: RETRY_IN.nullish().describe(RETRY_TEXT),
  })
  .meta({ id: "WebhookIn" });

export const WEBHOOK_PATCH = z
  .strictObject({
    url: ENDPOINT_URL.optional(),
    events: EVENTS.optional(),
    name: NAME.nullish(),
    description: DESCRIPTION,
    secret: SECRET.nullish().describe("A new one; null: a random one. The one before ends at once"),
    retry: RETRY_IN.nullish().describe("null: the default"),
    enabled: z.boolean().optional().describe("Whether anything is sent to it"),
  })
  .meta({ id: "WebhookPatch" });

export const WEBHOOK_OUT = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()).readonly(),
    name: z.string().nullable(),
    description: z.string(),
    enabled: z.boolean(),
    disabledReason: z
      .enum(["owner", "failing", "gone"])
      .nullable()
      .describe("Somebody disabled it; its attempts failed for too long; it answered 410"),
    signatureHeader: z
      .string()
      .nullable()
      .describe("Where deliveries have the body's HMAC-SHA256 in hexadecimal"),
    secret: z
      .string()
      .optional()
      .describe("Shown once: in the answer of the call that made the webhook, or changed it"),
    retry: RETRY_OUT.nullable().describe(
      "null: as the event type or the installation says, which only the other API can choose",
    ),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "WebhookOut" });

export const WEBHOOK_LIST_OUT = listOf(WEBHOOK_OUT, "WebhookOut");

export const WEBHOOK_LIST_QUERY = APPLICATION_QUERY.extend({
  limit: LIMIT,
  iterator: iterator("ep").optional(),
  order: ORDER.default("descending").describe("By time of creation"),
});
