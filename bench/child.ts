import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of ours under measurement. */
export type Child = {
  readonly pid: number;
  /** Resolves with the match when it has been printed; rejects if the program ends before. */
  printed(pattern: RegExp, signal: AbortSignal): Promise<RegExpExecArray>;
  /** As Ctrl-C does it; resolves when it is gone. */
  stop(): Promise<void>;
};

const STOP_MS_MAX = 40_000;
const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** As `npm start` does: who is killed takes its child along. */
const WITH_PARENT = fileURLToPath(new URL("../tools/with-parent.mjs", import.meta.url));

/** In a process group of its own, so that a Ctrl-C reaches it once, through us. */
export function runChild(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Child {
  const child = spawn(process.execPath, [`--import=${WITH_PARENT}`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    detached: true,
  });
  const gone = once(child, "close");
  let output = "";
  let hasEnded = false;
  let onOutput = (): void => undefined;
  child.once("close", () => {
    hasEnded = true;
    onOutput();
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    onOutput();
  });

  return {
    pid: child.pid ?? 0,

    printed: (pattern, signal) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(signal.reason as Error);
        if (signal.aborted) giveUp();
        signal.addEventListener("abort", giveUp, { once: true });
        onOutput = () => {
          const match = pattern.exec(output);
          if (match !== null) resolve(match);
          else if (hasEnded) reject(new Error(`${args.join(" ")} ended early:\n${output}`));
        };
        onOutput();
      }),

    async stop() {
      if (hasEnded) return;
      child.kill("SIGINT");
      const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
      await gone;
      clearTimeout(force);
    },
  };
}
