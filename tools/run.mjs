import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { findNode, root } from "./paths.mjs";

/** npm passes on a Ctrl-C that the terminal sends to us as well: that is one wish, not two. */
const SAME_WISH_MS = 1_000;

const WITH_PARENT = fileURLToPath(new URL("./with-parent.mjs", import.meta.url));

/**
 * Runs a script of ours with Node 24 and resolves with its exit code. It runs in a process group of
 * its own, so that what a terminal sends to everybody reaches it once, through us, and it can
 * drain; over the channel it learns, and ends, when we are killed.
 */
export async function runWithNode(args) {
  const child = spawn(findNode(), [`--import=${WITH_PARENT}`, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: true,
  });
  return exitCodeOf(child, passOn(child));
}

/** Runs a tool in our process group, where it sees the terminal's Ctrl-C itself. */
export async function runTool(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit" });
  return exitCodeOf(child, passOn(child, process.stdin.isTTY ? ["SIGINT"] : []));
}

/** Passes signals on; those in `ours` are only kept from ending us before the child has ended. */
function passOn(child, ours = []) {
  let passedAt = -Infinity;
  const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    const listener = () => {
      if (ours.includes(signal) || performance.now() - passedAt < SAME_WISH_MS) return;
      passedAt = performance.now();
      child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  return () => listeners.forEach(([signal, listener]) => process.off(signal, listener));
}

async function exitCodeOf(child, release) {
  try {
    const [code, signal] = await once(child, "exit");
    return code ?? 128 + constants.signals[signal];
  } finally {
    release();
  }
}
