import { runFuzz } from "./fuzz.mjs";
import { runWithNode } from "./run.mjs";
import { runTests } from "./test.mjs";

/** Commands for developers. All others are Posthorn's own, and it knows them itself. */
const DEVELOPER_COMMANDS = {
  test: runTests,
  fuzz: runFuzz,
  bench: (args) => runWithNode(["bench/main.ts", ...args]),
};

/** Runs the command and resolves with its exit code. */
export async function runCommand([command = "--help", ...args]) {
  if (Object.hasOwn(DEVELOPER_COMMANDS, command)) return DEVELOPER_COMMANDS[command](args);
  return runWithNode(["src/main/posthorn.ts", command, ...args]);
}
