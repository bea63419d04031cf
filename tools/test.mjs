import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNode } from "./paths.mjs";
import { runTool } from "./run.mjs";

const STATIC_CHECKS = ["format", "lint", "types"];

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
  add(total, await timed("tests", () => runVitest(args)));

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

async function runVitest(args) {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-results-"));
  const results = join(directory, "results.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const code = await runTool(findNode(), [
      "node_modules/vitest/vitest.mjs",
      "run",
      ...reporters,
      ...args,
    ]);
    const counts = countResults(results);
    // What failed outside any test (a server that did not start, an unhandled error) counts, too.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function countResults(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // Vitest ended before it could report.
  }
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
