import type { Config } from "../config.ts";
import { isOrganizationId } from "../domain/ids.ts";
import { importTemplates } from "../gateway/event-types/import-templates.ts";
import {
  findTemplateSet,
  TEMPLATE_SETS,
  type TemplateSet,
} from "../gateway/event-types/templates.ts";
import { withInstalledStore } from "./open-installed.ts";
import { UserError } from "./user-error.ts";

export type CatalogueImport = {
  /** What follows "catalog" on the command line. */
  readonly words: readonly string[];
  readonly organizationId: string | undefined;
  readonly replace: boolean;
};

/** Creates the event types of a set of templates, also while Posthorn runs. */
export async function importCatalogue(config: Config, asked: CatalogueImport): Promise<void> {
  const set = setOf(asked.words);
  const { organizationId, replace } = asked;
  if (organizationId === undefined || !isOrganizationId(organizationId)) {
    throw new UserError(
      "catalog import needs --org org_…: org_ and 1 to 64 letters, digits, - or _",
    );
  }
  await withInstalledStore(config, async ({ eventTypes }) => {
    const done = await importTemplates({ eventTypes, organizationId, set, replace });
    const lines = [
      ...done.created.map((name) => `created   ${name}`),
      ...done.replaced.map((name) => `replaced  ${name}`),
      ...done.kept.map((name) => `kept      ${name} (it exists: --replace)`),
    ];
    console.log(lines.join("\n"));
  });
}

function setOf([verb, name = "", ...rest]: readonly string[]): TemplateSet {
  const set = findTemplateSet(name);
  if (verb === "import" && set !== undefined && rest.length === 0) return set;
  const names = TEMPLATE_SETS.map((one) => one.name).join(" | ");
  throw new UserError(`catalog knows: catalog import ${names} --org org_… [--replace]`);
}
