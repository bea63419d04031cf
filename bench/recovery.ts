import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createApi } from "../src/main/demo-api.ts";
import { startReceiver } from "../test/support/receiver.ts";
import type { Generator } from "./generator.ts";
import { startPosthorn, type RunningPosthorn } from "./posthorn.ts";
import { insertFailed } from "./recovery-data.ts";
import { table } from "./table.ts";

const LIVE_PER_S = 200;
const LIVE_S = 15;
const ROUNDS = 3;
const WARM_UP = { messages: 3_000, producers: 32 };
/** More than is recovered while the load runs. */
const BESIDE_MESSAGES = 20_000;
const RATIO_MAX = 2;

const SOAK_MESSAGES = 100_000;
const SOAK_RATE = "2000";
const SAMPLE_MS = 1_000;
/** From a quarter of the soak to its end: caches are full by then. */
const GROWTH_MAX = 1.25;

/**
 * Live messages at a steady rate, with a recovery beside them and without. Resolves with whether they
 * notice it little enough.
 */
export async function benchRecovery(generator: Generator, signal: AbortSignal): Promise<boolean> {
  await using posthorn = await startPosthorn("sqlite", generator.receiverUrl, signal);
  const at = { url: posthorn.messagesUrl, token: posthorn.token };
  await generator.measure({ ...at, ...WARM_UP });
  const live = async (): Promise<number> => {
    const load = { messages: LIVE_PER_S * LIVE_S, producers: 256, ratePerS: LIVE_PER_S };
    return (await generator.measure({ ...at, ...load })).latencyMs.p99;
  };
  const rows: (readonly string[])[] = [["p99, ms", "alone", "with a recovery", "sent by it"]];
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const alone = await live();
    await using recovery = await beginRecovery(posthorn, BESIDE_MESSAGES);
    const beside = await live();
    const { sent } = await recovery.progress();
    await recovery.cancel();
    ratios.push(beside / alone);
    rows.push([`round ${round}`, alone.toFixed(1), beside.toFixed(1), `${sent} in ${LIVE_S} s`]);
  }
  console.log(table(rows));
  const [, median = NaN] = ratios.toSorted((a, b) => a - b);
  console.log(`ratio of the p99s, median: ${median.toFixed(2)} (at most ${RATIO_MAX})\n`);
  return median <= RATIO_MAX;
}

/**
 * As many messages as fail in a bad day, recovered as fast as it goes. Resolves with whether each
 * arrived once, and memory did not grow with them.
 */
export async function soakRecovery(receiverUrl: string, signal: AbortSignal): Promise<boolean> {
  const environment = { RECOVER_RATE: SOAK_RATE };
  await using posthorn = await startPosthorn("sqlite", receiverUrl, signal, environment);
  await using recovery = await beginRecovery(posthorn, SOAK_MESSAGES);
  const fromMs = performance.now();
  const samples: Sample[] = [];
  for (;;) {
    signal.throwIfAborted();
    const { sent, isRunning } = await recovery.progress();
    samples.push({ sent, rssMb: rssMbOf(posthorn.pids[0] ?? 0) });
    if (!isRunning) break;
    await delay(SAMPLE_MS);
  }
  const perS = Math.round(SOAK_MESSAGES / ((performance.now() - fromMs) / 1_000));
  const shown = [0, 0.25, 0.5, 0.75, 1].map((part) => sampleAt(samples, part * SOAK_MESSAGES));
  console.log(
    table([
      ["messages recovered", ...shown.map(({ sent }) => String(sent))],
      ["Posthorn's RSS, MB", ...shown.map(({ rssMb }) => String(Math.round(rssMb)))],
    ]),
  );
  const { once, more } = recovery.received();
  console.log(`${perS} messages/s; ${once} received once, ${more} more often\n`);
  const [, quarter, , , end] = shown;
  const growth = (end?.rssMb ?? Infinity) / (quarter?.rssMb ?? 1);
  return growth <= GROWTH_MAX && once === SOAK_MESSAGES && more === 0;
}

type Sample = { readonly sent: number; readonly rssMb: number };

function sampleAt(samples: readonly Sample[], sent: number): Sample {
  const found = samples.find((one) => one.sent >= sent) ?? samples.at(-1);
  if (found === undefined) throw new Error("nothing was sampled");
  return found;
}

/** Of one process, which only Linux tells. */
function rssMbOf(pid: number): number {
  const [, kb = NaN] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kb) / 1_024;
}

/** Messages that failed at an endpoint of an application of their own, and their recovery. */
async function beginRecovery(posthorn: RunningPosthorn, messages: number) {
  const receiver = await startReceiver();
  const api = createApi(`${posthorn.url}/api/v1`, posthorn.token);
  const { id: applicationId } = await api.post<{ id: string }>("app", { name: "Recovery" });
  const path = `app/${applicationId}/endpoint`;
  const { id: endpointId } = await api.post<{ id: string }>(path, { url: receiver.urlOf("/") });
  insertFailed(posthorn.databaseFile, { applicationId, endpointId }, messages);
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const task = await api.post<{ id: string }>(`${path}/${endpointId}/recover`, { since });
  return {
    async progress(): Promise<{ readonly sent: number; readonly isRunning: boolean }> {
      const url = `${posthorn.url}/api/v1/background-task/${task.id}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${posthorn.token}` } });
      const found = (await answer.json()) as { status: string; data: { sent: number } };
      return { sent: found.data.sent, isRunning: found.status === "running" };
    },
    cancel: () => api.post(`background-task/${task.id}/cancel`, {}),
    received() {
      const ids = receiver.requests.map(({ headers }) => headers["svix-id"]);
      const once = new Set(ids).size;
      return { once, more: ids.length - once };
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
