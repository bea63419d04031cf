import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAsShown } from "../support/markdown.ts";
import { runDocument } from "../support/run-document.ts";
import { startInstallation } from "../support/start-installation.ts";
import { ROOT } from "../project/source-imports.ts";

test("the tour of the API runs as it is written", async () => {
  await using posthorn = await startInstallation();
  const markdown = readFileSync(join(ROOT, "docs/api/tour.md"), "utf8");
  const steps = await runDocument(markdown, posthorn);
  expect(steps.length).toBeGreaterThan(15);
  for (const { command, printed, shown } of steps) {
    const answer: unknown = printed === "" ? undefined : JSON.parse(printed);
    expect(isAsShown(shown, answer), `${command}${printed}`).toBe(true);
  }
});
