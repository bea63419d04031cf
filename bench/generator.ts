import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The producer and the receiver, one program in Go: see hookbench/main.go. */
export type Generator = {
  /** Where the receiver listens while a load runs. */
  readonly receiverUrl: string;
  /** Rejects if the program fails; what went wrong with messages is in the result. */
  measure(load: Load): Promise<GeneratorRun>;
  [Symbol.dispose](): void;
};

export type Load = {
  readonly url: string;
  readonly token?: string;
  readonly messages: number;
  readonly producers: number;
  /** undefined: a closed loop, as fast as messages are accepted. */
  readonly ratePerS?: number;
  /** Processes whose CPU and memory are summed. */
  readonly pids?: readonly number[];
  /** Where this load's deliveries go, if not to `receiverUrl`. */
  readonly receiver?: OwnReceiver;
};

/** A receiver besides the generator's, while its load runs. */
export type OwnReceiver = {
  readonly port: number;
  /** Nobody gets an answer from it; the load does not wait for any delivery. */
  readonly hangs: boolean;
};

export type Percentiles = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** What the program prints. Memory is the peak. */
export type GeneratorRun = {
  readonly messages: number;
  readonly errors: number;
  readonly incomplete: number;
  readonly duplicates: number;
  /** Deliveries that belong to no message of this run. */
  readonly strays: number;
  readonly acceptedPerS: number;
  readonly deliveredPerS: number;
  readonly answerMs: Percentiles;
  readonly latencyMs: Percentiles;
  /** By how much requests left after they were due, at a steady rate. */
  readonly lateMs: Percentiles;
  readonly cpuS: number;
  readonly peakPssMb: number;
  readonly peakRssMb: number;
};

const SOURCE = fileURLToPath(new URL("hookbench", import.meta.url));
const NO_GO =
  "The bench needs a Go toolchain (1.26 or newer), which builds its load generator: " +
  "install Go and see that `go` is on the PATH.";

/** Builds the program into a temporary folder. Throws one sentence where there is no Go. */
export async function buildGenerator(
  receiverPort: number,
  signal: AbortSignal,
): Promise<Generator> {
  await run("go", ["version"]).catch((error: unknown) => {
    throw new Error(NO_GO, { cause: error });
  });
  const directory = mkdtempSync(join(tmpdir(), "posthorn-hookbench-"));
  const dispose = (): void => rmSync(directory, { recursive: true, force: true });
  const program = join(directory, "hookbench");
  try {
    await run("go", ["build", "-o", program, "."], { cwd: SOURCE, signal });
  } catch (error) {
    dispose();
    throw error;
  }

  const address = addressOf(receiverPort);
  return {
    receiverUrl: `http://${address}/`,
    async measure(load) {
      const { stdout, stderr } = await run(program, argumentsOf(load, address), { signal }).catch(
        // Its own message repeats the command, and with it the token.
        ({ stderr }: { stderr?: string }) => {
          throw new Error(`The load generator failed: ${stderr ?? "it did not run"}`);
        },
      );
      if (stderr !== "") console.error(stderr.trimEnd());
      return JSON.parse(stdout) as GeneratorRun;
    },
    [Symbol.dispose]: dispose,
  };
}

function argumentsOf(load: Load, address: string): readonly string[] {
  const { url, token, messages, producers, ratePerS = 0, pids = [], receiver } = load;
  return [
    `-sink=${receiver === undefined ? address : addressOf(receiver.port)}`,
    ...(receiver?.hangs ? ["-hang", "-wait=0s"] : []),
    `-url=${url}`,
    `-auth=${token === undefined ? "" : `Bearer ${token}`}`,
    `-n=${messages}`,
    `-c=${producers}`,
    `-rate=${ratePerS}`,
    `-pids=${pids.join(",")}`,
  ];
}

function addressOf(port: number): string {
  return `127.0.0.1:${port}`;
}
