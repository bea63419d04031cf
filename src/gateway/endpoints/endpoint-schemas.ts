import { z } from "zod";
import {
  CHANNEL,
  CHANNELS,
  CHANNELS_MAX,
  METADATA,
  NAME,
  RATE_LIMIT,
  TEXT,
  THROTTLE_RATE,
  uid,
  uniqueOrNull,
} from "../input/fields.ts";
import { iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";
import { HEADERS } from "./endpoint-header-schemas.ts";
import { SECRET } from "./secret-schemas.ts";

const URL_LENGTH_MAX = 65_536;
export const EVENT_TYPES_MAX = 1_000;

/** As the URL standard writes it: "https://EXAMPLE.com" becomes "https://example.com/". */
export const ENDPOINT_URL = z
  .string()
  .max(URL_LENGTH_MAX)
  .transform((text, context) => {
    const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
    if (url !== null && url.href.length <= URL_LENGTH_MAX) return url.href;
    const message = "Input should be a URL that begins with https:// or http:// and names a host";
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  })
  .describe("Where attempts go, https:// or http://");

const EVENT_TYPES = z.array(NAME).max(EVENT_TYPES_MAX).transform(uniqueOrNull).nullish();

const FIELDS = {
  url: ENDPOINT_URL,
  uid: uid("ep").nullish(),
  description: TEXT.optional(),
  disabled: z.boolean().optional().describe("Whether nothing is sent to it"),
  eventTypes: EVENT_TYPES.describe("Which it wants; without a list, all"),
  filterTypes: EVENT_TYPES.meta({
    deprecated: true,
    description: "The older name of eventTypes",
  }),
  channels: CHANNELS.nullish().describe("It gets only messages with one of these; null: any"),
  throttleRate: THROTTLE_RATE.nullish(),
  rateLimit: RATE_LIMIT,
  ordered: z
    .boolean()
    .optional()
    .describe(
      "Whether it gets one message at a time, in the order in which they were accepted: the next " +
        "when the one before has succeeded or is given up. A message that fails holds up those " +
        "behind it for as long as its retry schedule lasts, or until it is canceled",
    ),
  version: z.int().min(1).max(65_535).nullish().meta({ deprecated: true }),
  metadata: METADATA.nullish(),
};

export const ENDPOINT_IN = z
  .object({
    ...FIELDS,
    secret: SECRET.nullish(),
    headers: HEADERS.nullish().describe("Are added to each attempt"),
  })
  .meta({ id: "EndpointIn" });

export const ENDPOINT_UPDATE = z.object(FIELDS).meta({ id: "EndpointUpdate" });

/** A patch may also empty the channels, which makes them null. */
const PATCH_CHANNELS = z.array(CHANNEL).max(CHANNELS_MAX).transform(uniqueOrNull);

export const ENDPOINT_PATCH = z
  .object({ ...FIELDS, channels: PATCH_CHANNELS.nullish() })
  .partial()
  .meta({ id: "EndpointPatch" });

/** The contract has none of this; its clients pass over what they do not know. */
export const ENDPOINT_HEALTH = {
  disabledReason: z
    .enum(["owner", "failing", "gone"])
    .nullable()
    .describe("Somebody disabled it; its attempts failed for too long; it answered 410"),
  disabledAt: z.iso.datetime().nullable(),
  failingSince: z.iso
    .datetime()
    .nullable()
    .describe("When the first attempt after the last success failed; null: none has"),
  failedAttempts: z
    .int()
    .nullable()
    .describe("Where the reason is failing: how many had failed since then"),
};

export const ENDPOINT_OUT = z
  .object({
    id: z.string(),
    uid: z.string().nullable(),
    url: z.string(),
    description: z.string(),
    disabled: z.boolean(),
    ...ENDPOINT_HEALTH,
    eventTypes: z.array(z.string()).readonly().nullable(),
    filterTypes: z.array(z.string()).readonly().nullable().meta({ deprecated: true }),
    channels: z.array(z.string()).readonly().nullable(),
    throttleRate: z.int().nullable(),
    rateLimit: z.int().nullable().meta({ deprecated: true }),
    ordered: z.boolean().describe("Whether it gets one message at a time, in order"),
    version: z.int().meta({ deprecated: true }),
    metadata: z.record(z.string(), z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "EndpointOut" });

export const ENDPOINT_LIST_OUT = listOf(ENDPOINT_OUT, "EndpointOut");

export const ENDPOINT_LIST_QUERY = z.object({
  limit: LIMIT,
  iterator: iterator("ep").optional(),
  order: ORDER.default("descending").describe("By time of creation"),
});
