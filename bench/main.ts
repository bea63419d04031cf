import { writeFileSync } from "node:fs";
import { freePort } from "../src/temporal/free-port.ts";
import { removeAbandonedRuns } from "../test/support/run-directory.ts";
import { benchFirstPaint } from "./first-paint.ts";
import { buildGenerator } from "./generator.ts";
import { benchLists } from "./lists.ts";
import { machineOf } from "./machine.ts";
import { measure, type Measurement, type ProgramName } from "./measure.ts";
import { benchNeighbours } from "./neighbours.ts";
import { benchRecovery, soakRecovery } from "./recovery.ts";
import { HELP, readOptions, type BenchOptions } from "./options.ts";
import { describeMeasurement, summarize } from "./report.ts";

/** Where no live messages go. */
const NOBODY = "http://127.0.0.1:9/";

/** Measures what is asked for, prints it, and resolves with whether every figure is valid. */
async function bench(options: BenchOptions, signal: AbortSignal): Promise<boolean> {
  await removeAbandonedRuns();
  if (!options.lists && !options.soak && !options.firstPaint) {
    return benchUnderLoad(options, signal);
  }
  console.log(machineOf().join("\n"));
  if (options.lists) return benchLists(signal);
  if (options.soak) return soakRecovery(NOBODY, signal);
  return benchFirstPaint(NOBODY, signal);
}

async function benchUnderLoad(options: BenchOptions, signal: AbortSignal): Promise<boolean> {
  using generator = await buildGenerator(await freePort(), signal);
  const machine = machineOf();
  console.log(machine.join("\n"));
  if (options.recovery) return await benchRecovery(generator, signal);
  if (options.neighbours) return await benchNeighbours(generator, options.rounds, signal);

  const measured: Measurement[] = [];
  const onMeasured = (measurement: Measurement): void => {
    measured.push(measurement);
    console.log(describeMeasurement(measurement));
  };
  const programs: readonly ProgramName[] = options.postgres
    ? ["sqlite", "postgres", "floor"]
    : ["sqlite", "floor"];
  for (let round = 1; round <= options.rounds; round++) {
    console.log(`\nRound ${round} of ${options.rounds}`);
    // Whoever is always first has the cooler machine: the order is reversed every round.
    for (const program of round % 2 === 1 ? programs : programs.toReversed()) {
      signal.throwIfAborted();
      await measure(program, { generator, loads: options.loads, signal, onMeasured });
    }
  }

  console.log(`\n${summarize(measured)}`);
  if (options.jsonFile !== undefined) {
    writeFileSync(options.jsonFile, `${JSON.stringify({ machine, measured }, null, 2)}\n`);
  }
  return measured.every(({ faults }) => faults.length === 0);
}

/** What is under way is given up, and all that was started is ended. */
function stopRequested(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => controller.abort(new Error("The bench was stopped.")));
  }
  return controller.signal;
}

const stopping = stopRequested();
try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(HELP);
  else if (!(await bench(options, stopping))) process.exitCode = 1;
} catch (error) {
  const why = stopping.aborted ? stopping.reason : error;
  console.error(why instanceof Error ? why.message : why);
  process.exitCode = stopping.aborted ? 130 : 1;
}
