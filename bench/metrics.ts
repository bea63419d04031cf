import { setTimeout as delay } from "node:timers/promises";

/** What Posthorn itself counted, from /metrics. */
export type Counts = {
  readonly accepted: number;
  readonly started: number;
  readonly startsFailed: number;
  readonly workflows: number;
  readonly awaitingStart: number;
  readonly swept: number;
  readonly attemptsFailed: number;
};

const SETTLE_MS_MAX = 5_000;
const POLL_MS = 100;

/** What was counted so far, once nothing waits to be started, or after 5 s: then starts lag. */
export async function settledCounts(url: string): Promise<Counts> {
  for (const deadlineMs = Date.now() + SETTLE_MS_MAX; ; await delay(POLL_MS)) {
    const counts = await readCounts(url);
    const isSettled = counts.awaitingStart === 0 && counts.started === counts.accepted;
    if (isSettled || Date.now() > deadlineMs) return counts;
  }
}

/** What was counted between two readings; what waits is not a count but a state: the later one. */
export function countsBetween(before: Counts, after: Counts): Counts {
  return {
    accepted: after.accepted - before.accepted,
    started: after.started - before.started,
    startsFailed: after.startsFailed - before.startsFailed,
    workflows: after.workflows - before.workflows,
    awaitingStart: after.awaitingStart,
    swept: after.swept - before.swept,
    attemptsFailed: after.attemptsFailed - before.attemptsFailed,
  };
}

async function readCounts(url: string): Promise<Counts> {
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  return {
    accepted: sample(text, "posthorn_messages_accepted_total"),
    started: sample(text, "posthorn_messages_started_total"),
    startsFailed: sample(text, 'posthorn_workflow_starts_total{result="failed"}'),
    workflows: sample(text, 'posthorn_workflow_starts_total{result="started"}'),
    awaitingStart: sample(text, "posthorn_messages_awaiting_start"),
    swept: sample(text, "posthorn_messages_swept_total"),
    attemptsFailed: sample(text, 'posthorn_attempts_total{result="failed"}'),
  };
}

/** A sample that is not there has not happened yet; a metric that is not there has been renamed. */
function sample(text: string, name: string): number {
  const metric = name.replace(/\{.*/, "");
  if (!text.includes(`# TYPE ${metric} `)) throw new Error(`/metrics does not show ${metric}`);
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
}
