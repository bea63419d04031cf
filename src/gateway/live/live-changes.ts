import type { Logger } from "pino";
import type { Changes } from "../../store/catalogue-changes.ts";
import { createApplicationLook, type ApplicationChange } from "./application-changes.ts";
import { createWatch, type Watch } from "./watch.ts";

/** By applications' ids. */
export type LiveChanges = Watch<ApplicationChange>;

export function createLiveChanges(changes: Changes, logger: Logger): LiveChanges {
  return createWatch({ look: createApplicationLook(changes), logger });
}
