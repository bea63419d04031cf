import { faultsOf } from "./checks.ts";
import { runChild } from "./child.ts";
import type { Generator, GeneratorRun, Load } from "./generator.ts";
import { countsBetween, settledCounts, type Counts } from "./metrics.ts";
import type { Loads } from "./options.ts";
import { startPosthorn, type RunningPosthorn, type StoreKind } from "./posthorn.ts";

export type LoadName = "closed" | "steady200" | "steady1000";

/** One load on one program. Its figures are void if there are faults. */
export type Measurement = {
  readonly program: ProgramName;
  readonly load: LoadName;
  readonly run: GeneratorRun;
  /** null for the floor, which counts nothing. */
  readonly counts: Counts | null;
  readonly faults: readonly string[];
};

export type ProgramName = StoreKind | "floor";

export type MeasureDeps = {
  readonly generator: Generator;
  readonly loads: Loads;
  readonly signal: AbortSignal;
  readonly onMeasured: (measurement: Measurement) => void;
};

const PRODUCERS = 32;
/** At a steady rate nobody may wait for a free producer, however long an answer takes. */
const STEADY_PRODUCERS = 256;

/** Starts the program, warms it up, measures it, and ends it. */
export function measure(program: ProgramName, deps: MeasureDeps): Promise<void> {
  return program === "floor" ? measureFloor(deps) : measurePosthorn(program, deps);
}

async function measurePosthorn(store: StoreKind, deps: MeasureDeps): Promise<void> {
  const { generator, loads, signal } = deps;
  await using posthorn = await startPosthorn(store, generator.receiverUrl, signal);
  await generator.measure({ ...target(posthorn), ...closedLoop(loads.warmUpMessages) });

  const steady = (ratePerS: number) => ({
    messages: ratePerS * loads.steadyS,
    producers: STEADY_PRODUCERS,
    ratePerS,
  });
  const plan = {
    closed: closedLoop(loads.closedMessages),
    steady200: steady(200),
    steady1000: steady(1_000),
  };
  let before = await settledCounts(posthorn.url);
  for (const load of ["closed", "steady200", "steady1000"] as const) {
    const run = await generator.measure({ ...target(posthorn), ...plan[load] });
    const after = await settledCounts(posthorn.url);
    const counts = countsBetween(before, after);
    before = after;
    deps.onMeasured({ program: store, load, run, counts, faults: faultsOf(run, counts) });
  }
}

async function measureFloor({ generator, loads, signal, onMeasured }: MeasureDeps): Promise<void> {
  const floor = runChild(["bench/floor.ts", generator.receiverUrl]);
  try {
    const [, url = ""] = await floor.printed(/listening on (\S+)/, signal);
    const at = { url: `${url}/`, ...measurable([floor.pid]) };
    await generator.measure({ ...at, ...closedLoop(loads.warmUpMessages) });
    const run = await generator.measure({ ...at, ...closedLoop(loads.closedMessages) });
    onMeasured({
      program: "floor",
      load: "closed",
      run,
      counts: null,
      faults: faultsOf(run, null),
    });
  } finally {
    await floor.stop();
  }
}

function closedLoop(messages: number): Pick<Load, "messages" | "producers"> {
  return { messages, producers: PRODUCERS };
}

function target({ messagesUrl, token, pids }: RunningPosthorn): Pick<Load, "url" | "token"> {
  return { url: messagesUrl, token, ...measurable(pids) };
}

/** CPU and memory are read from /proc, which only Linux has. */
function measurable(pids: readonly number[]): Pick<Load, "pids"> {
  return process.platform === "linux" ? { pids } : {};
}
