import type { Changes } from "./catalogue-changes.ts";

/** What only the portal and the console ask for. */
export type PortalReads = {
  readonly changes: Changes;
};
