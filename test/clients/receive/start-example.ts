import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownPort } from "../../support/own-port.ts";
import { waitFor } from "../../support/wait-for.ts";
import type { Example } from "./examples.ts";

/** Some load more than a hundred libraries first. */
const LISTENING_MS_MAX = 120_000;

export type RunningExample = AsyncDisposable & {
  readonly url: string;
  /** What it has printed of a message, each time: "18 bytes". */
  handled(messageId: string): readonly string[];
  /** Resolves with what it printed of the message first. */
  firstHandled(messageId: string): Promise<string>;
};

/** An example of examples/receive as its own process, which goes with what is disposed of. */
export async function startExample(
  example: Example,
  program: string,
  secret: string,
): Promise<RunningExample> {
  await using starting = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), "posthorn-receive-"));
  starting.defer(() => rmSync(directory, { recursive: true, force: true }));
  await example.build?.(program, directory);
  const port = await ownPort();
  const child = runExample(example, { program, directory, port, secret });
  starting.defer(() => end(child));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const isListening = () => {
    if (child.exitCode !== null) throw new Error(`${example.name} ended: ${printed}`);
    return listens(port);
  };
  await waitFor(`${example.name} to listen`, isListening, LISTENING_MS_MAX);

  const handled = (messageId: string): readonly string[] =>
    [...printed.matchAll(new RegExp(`handled ${messageId}: (.*)`, "g"))].map(
      ([, what = ""]) => what,
    );
  const owned = starting.move();
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    handled,
    firstHandled: (messageId) =>
      waitFor(`${example.name} to handle ${messageId}`, () => handled(messageId)[0]),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

type Run = {
  readonly program: string;
  readonly directory: string;
  readonly port: number;
  readonly secret: string;
};

export function runExample(
  example: Example,
  { program, directory, port, secret }: Run,
): ChildProcess {
  const [command = "", ...args] = example.command(program, directory, port);
  return spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      TMPDIR: directory,
      PYTHONDONTWRITEBYTECODE: "1",
      PORT: String(port),
      WEBHOOK_SECRET: secret,
    },
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}

function listens(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(undefined));
  });
}
