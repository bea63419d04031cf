import { createApi } from "../src/main/demo-api.ts";
import { freePort } from "../src/temporal/free-port.ts";
import type { Generator, Load, Percentiles } from "./generator.ts";
import { startPosthorn, type RunningPosthorn } from "./posthorn.ts";
import { table } from "./table.ts";

const LIVE_PER_S = 200;
const NEIGHBOUR_PER_S = 500;
/** Twice the time limit of a request: half of it before the first that hang have failed. */
const LIVE_S = 30;
/** Until the neighbour's load has begun, and as long that it outlasts ours. */
const EXTRA_S = 4;
/** At a steady rate nobody may wait for a free producer, however long an answer takes. */
const PRODUCERS = 256;
const WARM_UP = { messages: 3_000, producers: 32 };
const RATIO_MAX = 2;

const ALONE = "alone";
const ANSWERS = "beside one that answers";
const HANGS = "beside one that hangs";
const PHASES = [ALONE, ANSWERS, HANGS] as const;
type Phase = (typeof PHASES)[number];
type Round = Readonly<Record<Phase, Percentiles>>;

/**
 * Live messages at a steady rate: alone, beside as much load as a neighbour makes, and beside a
 * neighbour of that load that hangs. Resolves with whether its hanging adds little enough to that.
 */
export async function benchNeighbours(
  generator: Generator,
  roundCount: number,
  signal: AbortSignal,
): Promise<boolean> {
  const rounds: Round[] = [];
  for (let round = 1; round <= roundCount; round++) {
    const measured = await measureRound(generator, signal);
    rounds.push(measured);
    console.log(`round ${round}`);
    console.log(table([HEADER, ...PHASES.map((phase) => rowOf(phase, measured))]));
  }
  const medianOf = (phase: Phase, to: Phase): number =>
    median(rounds.map((one) => ratio(one, phase, to)));
  const ofHanging = medianOf(HANGS, ANSWERS);
  console.log("\nratios of the p99s, medians:");
  console.log(`  the neighbour's load: ${medianOf(ANSWERS, ALONE)}`);
  console.log(`  that it hangs: ${ofHanging} (at most ${RATIO_MAX})`);
  console.log(`  both: ${medianOf(HANGS, ALONE)}\n`);
  return ofHanging <= RATIO_MAX;
}

/** One that hangs comes last: it leaves much behind. */
async function measureRound(generator: Generator, signal: AbortSignal): Promise<Round> {
  await using posthorn = await startPosthorn("sqlite", generator.receiverUrl, signal);
  const at = { url: posthorn.messagesUrl, token: posthorn.token };
  await generator.measure({ ...at, ...WARM_UP });
  const live = async (): Promise<Percentiles> =>
    (await generator.measure({ ...at, ...steady(LIVE_PER_S, LIVE_S) })).latencyMs;
  const beside = async (hangs: boolean): Promise<Percentiles> => {
    const neighbour = await addNeighbour(posthorn, hangs);
    const ended = generator.measure(neighbour);
    const latencies = await live();
    await ended;
    return latencies;
  };
  return {
    [ALONE]: await live(),
    [ANSWERS]: await beside(false),
    [HANGS]: await beside(true),
  };
}

async function addNeighbour(posthorn: RunningPosthorn, hangs: boolean): Promise<Load> {
  const port = await freePort();
  const api = createApi(`${posthorn.url}/api/v1`, posthorn.token);
  const { id } = await api.post<{ id: string }>("app", { name: "Neighbour" });
  await api.post(`app/${id}/endpoint`, { url: `http://127.0.0.1:${port}/` });
  return {
    url: `${posthorn.url}/api/v1/app/${id}/msg`,
    token: posthorn.token,
    receiver: { port, hangs },
    ...steady(NEIGHBOUR_PER_S, LIVE_S + EXTRA_S),
  };
}

function steady(ratePerS: number, seconds: number) {
  return { messages: ratePerS * seconds, producers: PRODUCERS, ratePerS };
}

const HEADER = ["ms", "p50", "p95", "p99", "p99 to that alone"];

function rowOf(phase: Phase, round: Round): readonly string[] {
  const { p50, p95, p99 } = round[phase];
  return [
    phase,
    ...[p50, p95, p99].map((ms) => ms.toFixed(1)),
    ratio(round, phase, ALONE).toFixed(2),
  ];
}

function ratio(round: Round, phase: Phase, to: Phase): number {
  return round[phase].p99 / round[to].p99;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2));
}
