import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backoffSchedule, DEFAULT_BACKOFF } from "../../src/domain/backoff.ts";
import { isAsShown } from "../support/markdown.ts";
import { runDocument } from "../support/run-document.ts";
import { startInstallation } from "../support/start-installation.ts";
import { ROOT } from "../project/source-imports.ts";

const markdown = readFileSync(join(ROOT, "docs/webhooks-simple.md"), "utf8");

test("the page about webhooks, simply, runs as it is written", async () => {
  await using posthorn = await startInstallation();
  const steps = await runDocument(markdown, posthorn);
  expect(steps.length).toBeGreaterThan(8);
  for (const { command, printed, shown } of steps) {
    const answer: unknown = printed === "" ? undefined : JSON.parse(printed);
    expect({ command, asShown: isAsShown(shown, answer), answer }).toMatchObject({ asShown: true });
  }
});

test("it shows the default retries as they are", () => {
  const rows = [...markdown.matchAll(/^\| \d +\| ([^|]+?) +\| [^|]+\|$/gm)];
  const shown = rows.map(([, wait = ""]) => wait);
  expect(shown).toEqual(["none", ...backoffSchedule(DEFAULT_BACKOFF).map(spelled)]);
});

function spelled(waitMs: number): string {
  if (waitMs % 3_600_000 === 0) return `${waitMs / 3_600_000} h`;
  return waitMs % 60_000 === 0 ? `${waitMs / 60_000} min` : `${waitMs / 1_000} s`;
}
