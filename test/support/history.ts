import type { WorkflowHandle } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { CarryReport } from "../../src/delivery/report.ts";

type Event = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

/** One activity as it stands in a workflow's history; times are the workflow's own. */
export type Step = {
  /** Local activities are not scheduled by the server. */
  readonly kind: "local" | "regular";
  readonly scheduledAtMs: number;
  readonly completedAtMs: number;
  /** When the server knew of that; a local activity's completion is an estimate of the worker. */
  readonly knownAtMs: number;
  readonly summary: string | undefined;
  readonly input: readonly unknown[];
  readonly report: CarryReport;
  /** How long workflow tasks took from its completion until then: the machine's time, not ours. */
  tasksMsUntil(timeMs: number): number;
};

/** The activities that have completed, in the order in which they did. */
export async function stepsOf(handle: WorkflowHandle): Promise<readonly Step[]> {
  const { events } = await handle.fetchHistory();
  const known = new Map((events ?? []).map((event) => [Number(event.eventId), event]));
  const tasks = tasksOf(known);
  return [...known.values()]
    .flatMap((event) => localStep(event) ?? regularStep(event, known) ?? [])
    .map((step) => ({
      ...step,
      tasksMsUntil: (timeMs) => overlapMs(tasks, { fromMs: step.completedAtMs, toMs: timeMs }),
    }));
}

/** Those that made attempts. Others waited: for an attempt that took its time, or for a turn. */
export function attemptsIn(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ report }) => report.attempts.length > 0);
}

type Interval = { readonly fromMs: number; readonly toMs: number };

function tasksOf(known: ReadonlyMap<number, Event>): readonly Interval[] {
  return [...known.values()].flatMap((event) => {
    const completed = event.workflowTaskCompletedEventAttributes;
    const scheduled = known.get(Number(completed?.scheduledEventId));
    if (!scheduled) return [];
    return [{ fromMs: tsToMs(scheduled.eventTime), toMs: tsToMs(event.eventTime) }];
  });
}

function overlapMs(intervals: readonly Interval[], { fromMs, toMs }: Interval): number {
  return intervals
    .map((one) => Math.max(0, Math.min(one.toMs, toMs) - Math.max(one.fromMs, fromMs)))
    .reduce((sum, ms) => sum + ms, 0);
}

type Carried = Omit<Step, "tasksMsUntil">;

function localStep(event: Event): Carried | undefined {
  const details = event.markerRecordedEventAttributes?.details;
  const marker = details?.["data"]?.payloads?.[0];
  const result = details?.["result"]?.payloads?.[0];
  if (!marker || !result) return undefined;
  const times = decode(marker) as Record<"original_schedule_time" | "complete_time", Timestamp>;
  return {
    kind: "local",
    scheduledAtMs: toMs(times.original_schedule_time),
    completedAtMs: toMs(times.complete_time),
    knownAtMs: tsToMs(event.eventTime),
    summary: undefined,
    input: [],
    report: decode(result) as CarryReport,
  };
}

/** As the SDK writes it into its markers. */
type Timestamp = { readonly seconds: number; readonly nanos: number };

function toMs({ seconds, nanos }: Timestamp): number {
  return seconds * 1_000 + nanos / 1_000_000;
}

function regularStep(event: Event, known: ReadonlyMap<number, Event>): Carried | undefined {
  const completed = event.activityTaskCompletedEventAttributes;
  const scheduled = known.get(Number(completed?.scheduledEventId));
  const result = completed?.result?.payloads?.[0];
  if (!scheduled || !result) return undefined;
  return {
    kind: "regular",
    scheduledAtMs: tsToMs(scheduled.eventTime),
    completedAtMs: tsToMs(event.eventTime),
    knownAtMs: tsToMs(event.eventTime),
    summary: summaryOf(scheduled),
    input: inputOf(scheduled),
    report: decode(result) as CarryReport,
  };
}

function summaryOf({ userMetadata }: Event): string | undefined {
  return userMetadata?.summary ? String(decode(userMetadata.summary)) : undefined;
}

function inputOf({ activityTaskScheduledEventAttributes: attributes }: Event): readonly unknown[] {
  return (attributes?.input?.payloads ?? []).map(decode);
}

function decode({ data }: Payload): unknown {
  return JSON.parse(Buffer.from(data ?? []).toString());
}
