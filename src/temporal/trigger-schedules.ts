import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleClient,
  type ScheduleDescription,
} from "@temporalio/client";
import type {
  NewTriggerSchedule,
  TriggerSchedule,
  TriggerSchedules,
} from "../delivery/trigger-schedules.ts";
import {
  TRIGGER_EXAMPLE,
  TRIGGER_PLACES,
  triggerScheduleId,
  type TriggerExampleInput,
} from "../../workflows/contract.ts";

type InTime = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** What was missed while Temporal was away is not made up for. */
const CATCH_UP_MS = 10_000;
const INVALID_ARGUMENT = 3;

/**
 * Each sandbox has so many places, whose ids are known: so the bound holds whoever creates at the same
 * time, and nothing has to be searched for, which Temporal answers with a delay.
 */
export function createTriggerSchedules(
  schedules: ScheduleClient,
  taskQueue: string,
  inTime: InTime,
): TriggerSchedules {
  const handleOf = (applicationId: string, place: string) =>
    schedules.getHandle(triggerScheduleId(applicationId, place));

  async function find(applicationId: string, place: string): Promise<TriggerSchedule | undefined> {
    const handle = handleOf(applicationId, place);
    const found = await unlessGone(inTime(() => handle.describe()));
    return found && toSchedule(place, found);
  }

  async function remove(applicationId: string, place: string): Promise<boolean> {
    if (!TRIGGER_PLACES.includes(place)) return false;
    const handle = handleOf(applicationId, place);
    const removed = inTime(async () => {
      await handle.delete();
      return true;
    });
    return (await unlessGone(removed)) ?? false;
  }

  async function list(applicationId: string): Promise<readonly TriggerSchedule[]> {
    const all = await Promise.all(TRIGGER_PLACES.map(async (place) => find(applicationId, place)));
    return all.filter((one) => one !== undefined);
  }

  return {
    list,
    remove,
    async create(asked) {
      const taken = new Map((await list(asked.applicationId)).map((one) => [one.id, one]));
      for (const place of TRIGGER_PLACES) {
        const before = taken.get(place);
        if (before !== undefined && before.nextAtMs !== null) continue;
        if (before !== undefined) await remove(asked.applicationId, place);
        const options = optionsOf(asked, place, taskQueue);
        const kind = await created(inTime(() => schedules.create(options)));
        if (kind === "invalid") return "invalid";
        const made = kind === "created" ? await find(asked.applicationId, place) : undefined;
        if (made !== undefined) return made;
      }
      return "full";
    },
    async removeAll(applicationId) {
      await Promise.all(TRIGGER_PLACES.map(async (place) => remove(applicationId, place)));
    },
  };
}

function optionsOf(asked: NewTriggerSchedule, place: string, taskQueue: string) {
  const { organizationId, applicationId, eventType, every, times, endsAtMs } = asked;
  const input: TriggerExampleInput = { organizationId, applicationId, eventType };
  const scheduleId = triggerScheduleId(applicationId, place);
  return {
    scheduleId,
    spec: {
      endAt: new Date(endsAtMs),
      ...(times.kind === "cron"
        ? { cronExpressions: [times.cron] }
        : { intervals: [{ every: times.everyMs }] }),
    },
    action: {
      type: "startWorkflow" as const,
      workflowType: TRIGGER_EXAMPLE,
      workflowId: scheduleId,
      taskQueue,
      args: [input],
      staticSummary: `example of ${eventType} → ${applicationId}`,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_MS },
    memo: { eventType, every, endsAtMs },
  };
}

function toSchedule(id: string, { memo = {}, info }: ScheduleDescription): TriggerSchedule {
  return {
    id,
    eventType: String(memo["eventType"]),
    every: String(memo["every"]),
    endsAtMs: Number(memo["endsAtMs"]),
    createdAtMs: info.createdAt.getTime(),
    nextAtMs: info.nextActionTimes[0]?.getTime() ?? null,
    timesTriggered: info.numActionsTaken,
  };
}

/** Rejects for what is neither the times' fault nor somebody else's who was quicker. */
async function created(creating: Promise<unknown>): Promise<"created" | "invalid" | "taken"> {
  try {
    await creating;
    return "created";
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return "taken";
    if (isInvalid(error) || (error instanceof Error && isInvalid(error.cause))) return "invalid";
    throw error;
  }
}

function isInvalid(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === INVALID_ARGUMENT;
}

async function unlessGone<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
