import { runTool } from "./run.mjs";
import { runVitest } from "./vitest.mjs";

const STATIC_CHECKS = ["format", "lint", "types"];
/** Of a whole run. More are no accident. */
const FAILURES_TRIED_AGAIN_MAX = 5;

/**
 * Everything that has to be right before a change goes in: the static checks, each of which counts
 * as one, and the tests. Arguments go to Vitest. Ends with one line that sums up.
 */
export async function runTests(args) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const check of STATIC_CHECKS) {
    const failed = (await timed(check, () => runTool("npm", ["run", "-s", check]))) !== 0;
    add(total, { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 });
  }
  add(total, await timed("tests", () => countTests(args)));

  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 ? 0 : 1;
}

async function timed(name, step) {
  console.log(`▸ ${name}`);
  const startedAt = performance.now();
  const result = await step();
  const failed = typeof result === "number" ? result !== 0 : result.failed > 0;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${failed ? "✗" : "✓"} ${name} (${seconds} s)\n`);
  return result;
}

function add(total, counts) {
  for (const name of Object.keys(total)) total[name] += counts[name];
}

async function countTests(args) {
  const run = await runVitest(args);
  const { passed, skipped, failures } = run;
  const failed = failures.length + (run.failedOutside ? 1 : 0);
  const isWhole = args.length === 0;
  const mayBeUnsteady = failures.length > 0 && failures.length <= FAILURES_TRIED_AGAIN_MAX;
  if (!isWhole || !mayBeUnsteady) return { passed, failed, skipped };

  const unsteady = await passesAlone(failures);
  return unsteady ? { passed: passed + failed, failed: 0, skipped } : { passed, failed, skipped };
}

/**
 * Whether the files in which tests failed pass with nothing beside them. Then something depends on
 * how busy the machine is, the tests or what they test: a fault as well, and named as one.
 */
async function passesAlone(failures) {
  const files = [...new Set(failures.map(({ file }) => file))];
  console.log(`\n▸ once more, alone: ${files.join(", ")}`);
  const { failures: again, failedOutside } = await runVitest(["--maxWorkers=1", ...files]);
  if (again.length > 0 || failedOutside) return false;
  console.log("Unsteady: these failed among the others and passed alone. Mend them:");
  for (const { file, test } of failures) console.log(`  ${file} > ${test}`);
  return true;
}
