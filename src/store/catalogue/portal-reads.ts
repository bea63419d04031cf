import type { PortalReads } from "../catalogue-portal.ts";
import type { CatalogueOptions } from "./catalogue-database.ts";
import { createChanges } from "./changes.ts";
import { createOverview } from "./overview.ts";

export function createPortalReads({ db }: CatalogueOptions): PortalReads {
  return { changes: createChanges(db), overview: createOverview(db) };
}
