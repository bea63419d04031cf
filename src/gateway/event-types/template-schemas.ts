import { z } from "zod";

const TEMPLATE = z
  .object({
    name: z.string(),
    description: z.string(),
    groupName: z.string(),
    schemas: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "EventTypeTemplateOut" });

const TEMPLATE_SET = z
  .object({
    name: z.string().describe("Imports them"),
    description: z.string(),
    eventTypes: z.array(TEMPLATE).readonly(),
  })
  .meta({ id: "EventTypeTemplateSetOut" });

export const TEMPLATE_SETS_OUT = z
  .object({ data: z.array(TEMPLATE_SET).readonly() })
  .meta({ id: "EventTypeTemplateSetsOut" });

export const TEMPLATE_IMPORT_IN = z
  .object({
    replace: z
      .boolean()
      .nullish()
      .describe("true makes those that exist as the template has them; else they are kept"),
  })
  .meta({ id: "EventTypeTemplateImportIn" });

export const TEMPLATE_IMPORT_OUT = z
  .object({
    created: z.array(z.string()).readonly(),
    replaced: z.array(z.string()).readonly(),
    kept: z.array(z.string()).readonly().describe("Existed, and were left as they were"),
  })
  .meta({ id: "EventTypeTemplateImportOut" });
