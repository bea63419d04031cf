import { z } from "zod";

const DOCUMENT_DESCRIPTION =
  "An OpenAPI document as a JSON object. Each of its webhooks becomes an event type: its name, " +
  "description, deprecated, first tag (or x-svix-group-name) as groupName, x-svix-feature-flags, " +
  'and, as the schema "1", that of its JSON body with all that it refers to, and its examples';

export const EVENT_TYPE_IMPORT_IN = z
  .object({
    spec: z.record(z.string(), z.unknown()).nullish().describe(DOCUMENT_DESCRIPTION),
    specRaw: z
      .string()
      .nullish()
      .describe("The document as text, JSON or at most 128 KiB of YAML, in place of spec"),
    dryRun: z.boolean().nullish().describe("true only answers what would be done"),
    replaceAll: z
      .boolean()
      .nullish()
      .describe("true archives the event types that are not in the document"),
  })
  .meta({ id: "EventTypeImportOpenApiIn" });

const EVENT_TYPE_FROM_OPENAPI = z
  .object({
    name: z.string(),
    description: z.string(),
    deprecated: z.boolean(),
    groupName: z.string().nullable(),
    featureFlags: z.array(z.string()).readonly().nullable(),
    schemas: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "EventTypeFromOpenApi" });

export const EVENT_TYPE_IMPORT_OUT = z
  .object({
    data: z
      .object({
        modified: z.array(z.string()).describe("Those that were created or replaced"),
        to_modify: z
          .array(EVENT_TYPE_FROM_OPENAPI)
          .nullable()
          .describe("Of a dry run: what would be created or replaced"),
        archived: z.array(z.string()).describe("Those that were, or would be, archived"),
      })
      .meta({ id: "EventTypeImportOpenApiOutData" }),
  })
  .meta({ id: "EventTypeImportOpenApiOut" });
