import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { findNode, root } from "./paths.mjs";
import { runTool } from "./run.mjs";

/**
 * Runs Vitest with these arguments: how many tests passed and were skipped, which failed, and
 * whether something went wrong outside any test (a server that did not start, an unhandled error).
 */
export async function runVitest(args) {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-results-"));
  const results = join(directory, "results.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const vitest = ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args];
    const code = await runTool(findNode(), vitest);
    const outcome = readResults(results);
    return { ...outcome, failedOutside: code !== 0 && outcome.failures.length === 0 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readResults(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, skipped: 0, failures: [] }; // Vitest ended before it could report.
  }
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresOf),
  };
}

function failuresOf({ name, status, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (status === "failed" && failed.length === 0) return [{ file, test: "(could not be loaded)" }];
  return failed.map(({ fullName }) => ({ file, test: fullName }));
}
