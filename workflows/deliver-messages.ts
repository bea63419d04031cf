import {
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  workflowInfo,
} from "@temporalio/workflow";
import type { CarryReport } from "../src/delivery/report.ts";
import { groupAttempts, type DueDelivery } from "../src/domain/waiting.ts";
import { Cargo } from "./cargo.ts";
import type { DeliverMessagesInput, Totals } from "./contract.ts";
import { adoptFirstAttempts, carryAttempts, carryMessages } from "./proxies.ts";

const NOTHING_YET = { due: [], succeeded: 0, failed: 0 };

/** Carries messages to their endpoints: attempt, sleep, attempt again, until each delivery ends. */
export async function deliverMessages(input: DeliverMessagesInput): Promise<Totals> {
  const cargo = new Cargo(input.handedOn ?? NOTHING_YET);
  if (input.messageIds.length > 0) await cargo.add(firstAttempts(input.messageIds));

  let broken: Promise<void> | undefined;
  const isBroken = (): boolean => broken !== undefined;
  while (!cargo.isEmpty) {
    setCurrentDetails(cargo.describe());
    await dueOrReported(cargo, isBroken);
    if (broken !== undefined) await broken;

    for (const group of groupAttempts(cargo.take(Date.now()))) {
      const carried = cargo.add(attempts(group));
      carried.catch(() => (broken = carried));
    }
    if (workflowInfo().continueAsNewSuggested) await handOn(cargo, isBroken);
  }
  return cargo.totals;
}

/** The process that started us has begun them already; where it has not, or broke, they are made. */
async function firstAttempts(messageIds: readonly string[]): Promise<CarryReport> {
  try {
    return await adoptFirstAttempts(messageIds);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return carryMessages(messageIds);
  }
}

async function dueOrReported(cargo: Cargo, isBroken: () => boolean): Promise<void> {
  const seen = cargo.reports;
  const hasNews = (): boolean => cargo.reports > seen || isBroken();
  const sleepMs = cargo.sleepMs(Date.now());
  if (sleepMs === undefined) await condition(hasNews);
  else if (sleepMs > 0) await condition(hasNews, sleepMs);
}

/** Goes on with a new history, once what is under way has ended: nothing else is begun before. */
async function handOn(cargo: Cargo, isBroken: () => boolean): Promise<void> {
  await condition(() => cargo.isResting || isBroken());
  if (cargo.isEmpty || isBroken()) return;
  await continueAsNew<typeof deliverMessages>({ messageIds: [], handedOn: cargo.handedOn });
}

function attempts(group: readonly DueDelivery[]): Promise<CarryReport> {
  const endpointIds = new Set(group.map(({ endpointId }) => endpointId));
  const applicationIds = new Set(group.map(({ applicationId }) => applicationId));
  const [fairnessKey] = applicationIds;
  const options = {
    summary: summaryOf(group),
    // One application's failures must not hold up another's retries.
    ...(applicationIds.size === 1 && fairnessKey && { priority: { fairnessKey } }),
  };
  // Where all wait for the same receiver, there is nobody to be held up by its time limit.
  const patience = endpointIds.size === 1 ? "patient" : "prompt";
  return carryAttempts.executeWithOptions(options, [group, patience]);
}

function summaryOf(group: readonly DueDelivery[]): string {
  const [first] = group;
  if (first === undefined || group.length > 1) return `${group.length} attempts`;
  return `attempt ${first.attemptNumber}: ${first.messageId} → ${first.endpointId}`;
}
