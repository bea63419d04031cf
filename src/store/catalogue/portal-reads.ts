import type { PortalReads } from "../catalogue-portal.ts";
import type { CatalogueOptions } from "./catalogue-database.ts";
import { createChanges } from "./changes.ts";

export function createPortalReads({ db }: CatalogueOptions): PortalReads {
  return { changes: createChanges(db) };
}
