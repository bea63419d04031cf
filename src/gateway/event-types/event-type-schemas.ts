import { z } from "zod";
import { NAME, TEXT, uniqueOrNull } from "../input/fields.ts";
import { FLAG, LIMIT, listOf, ORDER } from "../input/listing.ts";
import { NAME_ITERATOR } from "../input/name-iterator.ts";
import { jsonSchemaFault } from "./json-schema-shape.ts";

const FEATURE_FLAGS_MAX = 25;
const DESCRIPTION_LENGTH_MAX = 10_000;
const SCHEMAS_BYTES_MAX = 256 * 1_024;
const SCHEMAS_TEXT = `Input should have at most ${SCHEMAS_BYTES_MAX} bytes as JSON`;

const FEATURE_FLAGS = z.array(NAME).max(FEATURE_FLAGS_MAX).transform(uniqueOrNull);

/** JSON schemas by version: "1", "2" … */
const SCHEMAS = z
  .record(TEXT, z.unknown())
  .superRefine((schemas, context) => {
    for (const [version, schema] of Object.entries(schemas)) {
      const fault = jsonSchemaFault(schema);
      if (fault === undefined) continue;
      const path = [version, ...fault.path];
      // What is too deep cannot be written as JSON either.
      context.addIssue({ code: "custom", message: fault.text, path, continue: false });
    }
  })
  .refine((schemas) => Buffer.byteLength(JSON.stringify(schemas)) <= SCHEMAS_BYTES_MAX, {
    error: SCHEMAS_TEXT,
  });

const FIELDS = {
  description: TEXT.max(DESCRIPTION_LENGTH_MAX),
  archived: z.boolean().optional().describe("Whether lists leave it out and it cannot be sent"),
  deprecated: z.boolean().optional().describe("Only shown"),
  schemas: SCHEMAS.nullish().describe(
    `JSON schemas of the payload by version: "1", "2" …; at most ${SCHEMAS_BYTES_MAX} bytes as JSON`,
  ),
  featureFlag: NAME.nullish().meta({
    deprecated: true,
    description: "The older way to give one of featureFlags",
  }),
  featureFlags: FEATURE_FLAGS.nullish().describe(
    "Only those tokens of applications see it that have one of these; null: all do",
  ),
  groupName: NAME.nullish(),
};

export const EVENT_TYPE_IN = z.object({ name: NAME, ...FIELDS }).meta({ id: "EventTypeIn" });

export const EVENT_TYPE_UPDATE = z.object(FIELDS).meta({ id: "EventTypeUpdate" });

export const EVENT_TYPE_PATCH = z.object(FIELDS).partial().meta({ id: "EventTypePatch" });

export const EVENT_TYPE_OUT = z
  .object({
    name: z.string(),
    description: z.string(),
    archived: z.boolean(),
    deprecated: z.boolean(),
    schemas: z.record(z.string(), z.unknown()).nullable(),
    featureFlag: z.string().nullable().meta({ deprecated: true }),
    featureFlags: z.array(z.string()).readonly().nullable(),
    groupName: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "EventTypeOut" });

export const EVENT_TYPE_LIST_OUT = listOf(EVENT_TYPE_OUT, "EventTypeOut");

export const EVENT_TYPE_LIST_QUERY = z.object({
  limit: LIMIT,
  iterator: NAME_ITERATOR.optional(),
  order: ORDER.optional().describe("Has no effect: they are listed by name"),
  include_archived: FLAG.default(false).describe("true lists the archived ones, too"),
  with_content: FLAG.default(false).describe("true answers their schemas, too"),
});

export const EVENT_TYPE_DELETE_QUERY = z.object({
  expunge: FLAG.default(false).describe("true removes it; without, it is archived"),
});
