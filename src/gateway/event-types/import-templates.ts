import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";
import { newEventType } from "./event-type-record.ts";
import type { EventTypeTemplate, TemplateSet } from "./templates.ts";

export type TemplateImport = {
  readonly eventTypes: Pick<EventTypes, "change" | "create" | "find">;
  readonly organizationId: string;
  readonly set: TemplateSet;
  /** Whether what exists is made as the template has it; archived ones exist, and come back. */
  readonly replace: boolean;
};

/** Names of event types, by what became of each. */
export type TemplatesImported = {
  readonly created: readonly string[];
  readonly replaced: readonly string[];
  readonly kept: readonly string[];
};

/** One by one: broken off, it may be done again, and goes on where it was. */
export async function importTemplates(asked: TemplateImport): Promise<TemplatesImported> {
  const done = { created: [] as string[], replaced: [] as string[], kept: [] as string[] };
  for (const template of asked.set.eventTypes) {
    done[await importOne(asked, template)].push(template.name);
  }
  return done;
}

async function importOne(
  { eventTypes, organizationId, replace }: TemplateImport,
  template: EventTypeTemplate,
): Promise<keyof TemplatesImported> {
  const { name, ...content } = template;
  if ((await eventTypes.find(organizationId, name)) === undefined) {
    const result = await eventTypes.create(newEventType(organizationId, name, content));
    if (result.kind === "written") return "created";
  }
  if (!replace) return "kept";
  // Who may see it, and its retry schedule, are none of the template's.
  const change = (found: EventType): EventType => ({
    ...found,
    ...content,
    archived: false,
    deprecated: false,
    updatedAtMs: Date.now(),
  });
  await eventTypes.change(organizationId, name, change);
  return "replaced";
}
