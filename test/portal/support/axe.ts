import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Result } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds wrong with the page that is serious or critical, one line each; best none.
 * `rules`: these only, not all.
 */
export async function seriousFaults(
  page: Page,
  rules: readonly string[] = TAGS,
): Promise<readonly string[]> {
  // Not as a script element: the page's Content-Security-Policy would refuse it, and is right.
  if (await page.evaluate("globalThis.axe === undefined")) await page.evaluate(AXE);
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  // What passes is much, and would be brought here for nothing.
  const run = `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`;
  const violations = (await page.evaluate(run)) as readonly Result[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary = "" }) =>
          `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`,
      ),
    );
}
