import { runFuzz } from "./fuzz.mjs";
import { ensurePortalBuilt } from "./portal/ensure-built.mjs";
import { runScreenshots } from "./portal/screenshots.mjs";
import { runWithNode } from "./run.mjs";
import { runTests } from "./test.mjs";

/** Commands for developers. All others are Posthorn's own, and it knows them itself. */
const DEVELOPER_COMMANDS = {
  test: runTests,
  fuzz: runFuzz,
  "portal:screenshots": runScreenshots,
  bench: (args) => runWithNode(["bench/main.ts", ...args]),
};

/** What shows the portal, or tests it. */
const WITH_PORTAL = ["start", "gateway", "test", "portal:screenshots"];

/** Runs the command and resolves with its exit code. */
export async function runCommand([command = "--help", ...args]) {
  if (WITH_PORTAL.includes(command)) await ensurePortalBuilt();
  if (Object.hasOwn(DEVELOPER_COMMANDS, command)) return DEVELOPER_COMMANDS[command](args);
  return runWithNode(["src/main/posthorn.ts", command, ...args]);
}
