import {
  createCancelBackgroundTask,
  createCarryBackgroundTask,
  createMakeAttemptByHand,
  type ByHandActivityDeps,
} from "./by-hand.ts";
import { createCarryAttempts, createCarryMessages, type CarryActivityDeps } from "./carry.ts";

/** The activities by the names that workflows call. */
export function createActivities(deps: CarryActivityDeps & ByHandActivityDeps) {
  return {
    carryMessages: createCarryMessages(deps),
    carryAttempts: createCarryAttempts(deps),
    makeAttemptByHand: createMakeAttemptByHand(deps),
    carryBackgroundTask: createCarryBackgroundTask(deps),
    cancelBackgroundTask: createCancelBackgroundTask(deps),
  };
}

export type Activities = ReturnType<typeof createActivities>;
