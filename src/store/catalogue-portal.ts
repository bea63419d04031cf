import type { Changes } from "./catalogue-changes.ts";
import type { Overview } from "./catalogue-overview.ts";
import type { Plays } from "./catalogue-plays.ts";

/** What only the portal and the console ask for. */
export type PortalReads = {
  readonly changes: Changes;
  readonly overview: Overview;
  readonly plays: Plays;
};
