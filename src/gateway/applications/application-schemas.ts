import { z } from "zod";
import { METADATA, RATE_LIMIT, TEXT, THROTTLE_RATE, uid } from "../input/fields.ts";
import { FLAG, iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";

const NAME_LENGTH_MAX = 1_024;
const SEARCH_LENGTH_MAX = 256;

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROL_CHARACTER = /[\u0001-\u001f\u007f-\u009f]/;

const DISPLAY_NAME = TEXT.min(1)
  .max(NAME_LENGTH_MAX)
  .refine((name) => !CONTROL_CHARACTER.test(name), {
    error: "Input should have no control characters",
  });

export const APPLICATION_IN = z
  .object({
    name: DISPLAY_NAME,
    uid: uid("app").nullish(),
    throttleRate: THROTTLE_RATE.nullish(),
    rateLimit: RATE_LIMIT,
    metadata: METADATA.nullish(),
  })
  .meta({ id: "ApplicationIn" });

export const APPLICATION_PATCH = APPLICATION_IN.partial().meta({ id: "ApplicationPatch" });

export const APPLICATION_OUT = z
  .object({
    id: z.string(),
    uid: z.string().nullable(),
    name: z.string(),
    throttleRate: z.int().nullable(),
    rateLimit: z.int().nullable().meta({ deprecated: true }),
    metadata: z.record(z.string(), z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "ApplicationOut" });

export const APPLICATION_LIST_OUT = listOf(APPLICATION_OUT, "ApplicationOut");

export const APPLICATION_LIST_QUERY = z.object({
  limit: LIMIT,
  iterator: iterator("app").optional(),
  order: ORDER.default("ascending").describe("By time of creation"),
  search: TEXT.max(SEARCH_LENGTH_MAX)
    .optional()
    .describe(
      "Only those whose name begins so, by name, and then those whose uid does, or, from app_ on, " +
        "id. Pages go forward; order does nothing then",
    ),
});

export const APPLICATION_CREATE_QUERY = z.object({
  get_if_exists: FLAG.default(false).describe(
    "true answers 200 with the one that has the uid already",
  ),
});
