import type { PortalReads } from "../catalogue-portal.ts";
import type { CatalogueOptions } from "./catalogue-database.ts";
import { createChanges } from "./changes.ts";
import { createOverview } from "./overview.ts";
import { createPlays } from "./plays.ts";

export function createPortalReads({ db, sealed }: CatalogueOptions): PortalReads {
  return {
    changes: createChanges(db),
    overview: createOverview(db),
    plays: createPlays(db.kysely, sealed),
  };
}
