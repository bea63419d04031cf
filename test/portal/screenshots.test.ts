import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { ROOT } from "../project/source-imports.ts";
import { CONSOLE_SCREENS } from "./console-screens.ts";
import { SCREENS } from "./screens.ts";
import type { Page } from "playwright-core";
import { seriousFaults } from "./support/axe.ts";
import { furnish, type Furnished } from "./support/furnish.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

const FOLDER = join(ROOT, "test-results/portal");
/** `npm run portal:screenshots` sets it: only then are pictures kept, of the pages named so. */
const wanted = process.env["PORTAL_SCREENSHOTS"];
const screens = [...SCREENS, ...CONSOLE_SCREENS].filter(
  ({ name }) => wanted === undefined || wanted === "all" || name.includes(wanted),
);
const LOOKS = [
  { scheme: "light", width: 1400 },
  { scheme: "dark", width: 1400 },
  { scheme: "light", width: 420 },
  { scheme: "dark", width: 420 },
] as const;

/** For what is drawn a moment later, such as a picture of a chart. */
const SETTLE_MS = 150;

let stage: PortalStage;
let furnished: Furnished;
beforeAll(async () => {
  const opened = await openStage();
  if (opened === undefined) return;
  stage = opened;
  furnished = await furnish(stage.installation);
});
afterAll(async () => {
  await furnished?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

describe.each(screens)("the page $name", ({ name, open }) => {
  browserTest.each(LOOKS)("is fit for everybody, $scheme and $width wide", async (look) => {
    await using opened = await open({ stage, furnished, look });
    const { page, complaints } = opened;
    await settled(page);
    if (wanted !== undefined) {
      mkdirSync(FOLDER, { recursive: true });
      const path = join(FOLDER, `${name}-${look.scheme}-${look.width}.png`);
      await page.screenshot({ path, fullPage: true });
    }
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    const overflow = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate(overflow), "pixels too wide").toBeLessThanOrEqual(0);
  });
});

/** Resolves when nothing is being loaded any more. Live updates never end, so it is not asked of the network. */
async function settled(page: Page): Promise<void> {
  await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  await page.evaluate("scrollTo(0, 0)");
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.waitForTimeout(SETTLE_MS);
}
