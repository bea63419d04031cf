import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { ROOT } from "../../project/source-imports.ts";
import { seriousFaults } from "./axe.ts";
import { furnish, type Furnished } from "./furnish.ts";
import { browserTest, openStage, type PortalStage } from "./portal-test.ts";
import type { Screen } from "./screen.ts";

const FOLDER = join(ROOT, "test-results/portal");
/** `npm run portal:screenshots` sets it: only then are pictures kept, of the pages named so. */
const wanted = process.env["PORTAL_SCREENSHOTS"];
const LOOKS = [
  { scheme: "light", width: 1400 },
  { scheme: "dark", width: 1400 },
  { scheme: "dark", width: 420 },
  { scheme: "light", width: 420 },
] as const;
const HEIGHT = 900;
/** What is dark was seen light: only its colors are others. */
const CHANGED_BY_SCHEME = ["color-contrast"];
const OVERFLOW = "document.documentElement.scrollWidth - innerWidth";

/** A chart learns of its width in one frame, and is drawn in one of the next. */
const FRAMES = 4;
/** Now and then Chromium draws no further frame of a page that stays as it is. */
const DRAWN_MS_MAX = 3_000;
const DRAWN = `new Promise((resolve) => {
  setTimeout(resolve, ${DRAWN_MS_MAX});
  const next = (left) =>
    left === 0 ? requestIdleCallback(() => resolve()) : requestAnimationFrame(() => next(left - 1));
  next(${FRAMES});
})`;

/** Has axe look at each of the screens, in both schemes and widths. */
export function fitForEverybody(all: readonly Screen[]): void {
  const screens = all.filter(
    ({ name }) => wanted === undefined || wanted === "all" || name.includes(wanted),
  );
  describe.skipIf(screens.length === 0)("every page", () => {
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

    browserTest.each(screens)("is fit for everybody: $name", async ({ name, open }) => {
      await using opened = await open({ stage, furnished, look: LOOKS[0] });
      const { page, complaints } = opened;
      // One page that changes, as for somebody who turns their phone: to load each takes minutes.
      for (const look of LOOKS) {
        await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width: look.width, height: HEIGHT });
        await settled(page);
        const of = `${name}-${look.scheme}-${look.width}`;
        await keepPicture(page, of);
        const rules = look.scheme === "dark" ? CHANGED_BY_SCHEME : undefined;
        await expect.poll(() => seriousFaults(page, rules), { message: of }).toEqual([]);
        await expect
          .poll(() => page.evaluate(OVERFLOW), { message: `${of}: pixels too wide` })
          .toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
    });
  });
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (wanted === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}

/** Resolves when nothing is being loaded any more. Live updates never end, so it is not asked of the network. */
async function settled(page: Page): Promise<void> {
  await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  await page.evaluate("scrollTo(0, 0)");
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.evaluate(DRAWN);
}
