import {
  createCancelBackgroundTask,
  createCarryBackgroundTask,
  createMakeAttemptByHand,
  type ByHandActivityDeps,
} from "./by-hand.ts";
import { createCarryAttempts, createCarryMessages, type CarryActivityDeps } from "./carry.ts";
import { createCarryLineActivity, type InOrderActivityDeps } from "./in-order.ts";
import { createPublishExampleActivity, type TriggerActivityDeps } from "./trigger.ts";
import { createJudgeEndpointActivity, type WatchActivityDeps } from "./watch.ts";

/** The activities by the names that workflows call. */
export function createActivities(
  deps: CarryActivityDeps &
    ByHandActivityDeps &
    WatchActivityDeps &
    InOrderActivityDeps &
    TriggerActivityDeps,
) {
  return {
    carryMessages: createCarryMessages(deps),
    carryLine: createCarryLineActivity(deps),
    carryAttempts: createCarryAttempts(deps),
    makeAttemptByHand: createMakeAttemptByHand(deps),
    carryBackgroundTask: createCarryBackgroundTask(deps),
    cancelBackgroundTask: createCancelBackgroundTask(deps),
    judgeEndpoint: createJudgeEndpointActivity(deps),
    publishExample: createPublishExampleActivity(deps),
  };
}

export type Activities = ReturnType<typeof createActivities>;
