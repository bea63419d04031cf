import type { CarryActivityDeps } from "./carry.ts";
import { createCarryAttempts, createCarryMessages } from "./carry.ts";

/** The activities by the names that workflows call. */
export function createActivities(deps: CarryActivityDeps) {
  return {
    carryMessages: createCarryMessages(deps),
    carryAttempts: createCarryAttempts(deps),
  };
}

export type Activities = ReturnType<typeof createActivities>;
