import { setTimeout as sleep } from "node:timers/promises";
import type { Line } from "../../store/line.ts";
import type { HotStore, PendingDelivery } from "../../store/store.ts";
import { attemptOne, type AttemptOneDeps } from "../attempt-one.ts";
import { createPatience } from "../patience.ts";
import { report, type CarriedDelivery, type CarryReport } from "../report.ts";
import type { LocalLine, LocalLines } from "./local-lines.ts";

/**
 * What the workflow of an ordered endpoint asks of the engine: carry what stands in its line, one
 * after another, for some seconds at most. `dueAtMs` (Unix) is a time that has come by the
 * workflow's clock. Throws only if the store fails.
 */
export type CarryLine = (endpointId: string, dueAtMs: number) => Promise<LineReport>;

/** An activity's result. It stands in Temporal's history, where people read it. */
export type LineReport = Omit<CarryReport, "waiting"> & {
  /** When to go on; null: nobody stands in line. */
  readonly next: { readonly atMs: number; readonly inMs: number } | null;
};

export type CarryLineDeps = AttemptOneDeps & {
  readonly store: Pick<HotStore, "line">;
  readonly localLines: Pick<LocalLines, "enter">;
};

/** After which the activity is another, so that a process that is to stop need not wait long. */
const WORK_MS_MAX = 10_000;
/** Read at once; who is first is judged again when each is claimed. */
const ROWS_MAX = 50;
/** For one attempt: longer than any takes that is under way here. */
const PATIENCE_MS = 30_000;
const POLL_MS = 100;
/** How often an empty line is looked at once more, which costs less than another workflow. */
const LAST_LOOKS = 5;

export function createCarryLine(deps: CarryLineDeps): CarryLine {
  return async (endpointId, dueAtMs) => {
    using here = deps.localLines.enter(endpointId);
    if (here !== undefined) return await carry(deps, here, { endpointId, dueAtMs });
    // An activity that Temporal has given up goes on here for a moment.
    await sleep(POLL_MS);
    return lineReport([], AT_ONCE);
  };
}

const AT_ONCE = { atMs: 0, inMs: 0 };

type WhichLine = { readonly endpointId: string; readonly dueAtMs: number };

async function carry(
  deps: CarryLineDeps,
  here: LocalLine,
  { endpointId, dueAtMs }: WhichLine,
): Promise<LineReport> {
  const endsAtMs = performance.now() + WORK_MS_MAX;
  const carried: CarriedDelivery[] = [];
  let looksLeft = LAST_LOOKS;
  while (performance.now() < endsAtMs) {
    here.begin();
    // What was due by the workflow's clock was so before the first attempt.
    const nowMs = carried.length === 0 ? Math.max(Date.now(), dueAtMs) : Date.now();
    const line = await deps.store.line(endpointId, nowMs, ROWS_MAX);
    const todo = toDo(line, nowMs);
    if (todo.kind === "carry") {
      looksLeft = LAST_LOOKS;
      const isHeldUp = !(await carryThese(deps, todo.due, carried, endsAtMs));
      if (isHeldUp) await sleep(POLL_MS);
    } else if (todo.kind === "look_again" && looksLeft > 0) {
      looksLeft -= todo.isEmpty ? 1 : 0;
      await here.news(POLL_MS);
    } else if (here.leave()) {
      return lineReport(carried, todo.kind === "wait" ? todo.next : null);
    }
  }
  return lineReport(carried, AT_ONCE);
}

type ToDo =
  | { readonly kind: "carry"; readonly due: readonly PendingDelivery[] }
  | { readonly kind: "wait"; readonly next: LineReport["next"] }
  | { readonly kind: "look_again"; readonly isEmpty: boolean };

function toDo(line: Line, nowMs: number): ToDo {
  if (line.kind === "none") return { kind: "wait", next: null };
  if (line.kind === "forming") return { kind: "look_again", isEmpty: false };
  const nextAtMs = line.waiting[0]?.nextAttemptAtMs ?? line.nextAtMs;
  if (nextAtMs === null) return { kind: "look_again", isEmpty: true };
  if (nextAtMs > nowMs) return { kind: "wait", next: { atMs: nextAtMs, inMs: nextAtMs - nowMs } };
  const due = line.waiting.filter(({ nextAttemptAtMs }) => nextAttemptAtMs <= nowMs);
  return { kind: "carry", due };
}

/** One after another, until one has not ended. false if it was not attempted either. */
async function carryThese(
  deps: CarryLineDeps,
  due: readonly PendingDelivery[],
  carried: CarriedDelivery[],
  endsAtMs: number,
): Promise<boolean> {
  for (const one of due) {
    using patience = createPatience(PATIENCE_MS);
    const came = await attemptOne(deps, { ...one, inLine: true }, patience);
    if (came.kind === "waits" || came.kind === "in_line") return false;
    carried.push(came);
    const hasEnded = came.kind === "ended" || came.made.next.kind === "end";
    if (!hasEnded || performance.now() > endsAtMs) break;
  }
  return true;
}

function lineReport(carried: readonly CarriedDelivery[], next: LineReport["next"]): LineReport {
  const { succeeded, failed, attempts } = report(carried);
  return { succeeded, failed, attempts, next };
}
