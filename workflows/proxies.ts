import {
  ActivityCancellationType,
  proxyActivities,
  proxyLocalActivities,
} from "@temporalio/workflow";
import type { Activities } from "../activities/activities.ts";

// An activity never throws for what a receiver did. A throw means that our own side broke (the
// store is away), and Temporal tries again until it is back.
const UNTIL_IT_IS_BACK = {
  initialInterval: "1 second",
  backoffCoefficient: 2,
  maximumInterval: "30 seconds",
} as const;

/** Local: for a healthy message it costs Temporal no request of its own. */
export const adoptFirstAttempts = proxyLocalActivities<Activities>({
  startToCloseTimeout: "30 seconds",
  retry: { maximumAttempts: 1 },
}).carryMessages;

// A worker that dies stops its heartbeats, and another takes over.
const REGULAR = {
  startToCloseTimeout: "10 minutes",
  heartbeatTimeout: "15 seconds",
  retry: UNTIL_IT_IS_BACK,
} as const;

export const {
  carryMessages,
  carryAttempts,
  carryLine,
  makeAttemptByHand,
  cancelBackgroundTask,
  judgeEndpoint,
} = proxyActivities<Activities>(REGULAR);

/** It is not worth more: the schedule's next time comes. */
export const { publishExample } = proxyActivities<Activities>({
  startToCloseTimeout: "10 seconds",
  scheduleToCloseTimeout: "1 minute",
  retry: UNTIL_IT_IS_BACK,
});

/** Once it is canceled it begins no more, and what is under way is counted. */
export const { carryBackgroundTask } = proxyActivities<Activities>({
  ...REGULAR,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
