import { createApi } from "../src/main/demo-api.ts";
import { launchBrowser, openPage } from "../test/portal/support/browser.ts";
import { findChromium, HOW_TO_GET_CHROMIUM } from "../test/portal/support/chromium.ts";
import { ensurePortalBuilt } from "../tools/portal/ensure-built.mjs";
import { startPosthorn, type RunningPosthorn } from "./posthorn.ts";
import { table } from "./table.ts";

const LOADS = 15;
const LISTED_MS_MAX = 1_000;
/** The ms since the link was followed. It is text because it runs in the page. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name === "first-contentful-paint") resolve(startTime);
    }
  }).observe({ type: "paint", buffered: true });
})`;

/**
 * The portal, opened by a link as a consumer does who was never here: nothing is in the cache.
 * Resolves with whether there is soon enough what they came for.
 */
export async function benchFirstPaint(nobodyUrl: string, signal: AbortSignal): Promise<boolean> {
  const program = findChromium();
  if (program === undefined) throw new Error(`There is no Chromium. ${HOW_TO_GET_CHROMIUM}`);
  await ensurePortalBuilt();
  await using posthorn = await startPosthorn("sqlite", nobodyUrl, signal);
  const browser = await launchBrowser(program);
  const paints: number[] = [];
  const contents: number[] = [];
  try {
    for (let load = 0; load < LOADS; load++) {
      signal.throwIfAborted();
      await using opened = await openPage(browser);
      await opened.page.goto(await newLink(posthorn));
      paints.push(await opened.page.evaluate<number>(FIRST_PAINT));
      contents.push(await opened.page.evaluate<number>(whenSeen(nobodyUrl)));
    }
  } finally {
    await browser.close();
  }
  console.log(
    table([
      ["ms", "quickest", "median", "slowest"],
      ["first paint", ...figures(paints)],
      ["the endpoints are listed", ...figures(contents)],
    ]),
  );
  return middle(contents) < LISTED_MS_MAX;
}

/** As {@link FIRST_PAINT}, until the text is there. */
function whenSeen(text: string): string {
  return `new Promise((resolve) => {
    const look = () => {
      if (document.body.innerText.includes(${JSON.stringify(text)})) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

async function newLink({ url, token, messagesUrl }: RunningPosthorn): Promise<string> {
  const [, appId = ""] = /app\/([^/]+)/.exec(messagesUrl) ?? [];
  const api = createApi(`${url}/api/v1`, token);
  return (await api.post<{ url: string }>(`auth/app-portal-access/${appId}`, {})).url;
}

function figures(values: readonly number[]): readonly string[] {
  return [Math.min(...values), middle(values), Math.max(...values)].map((ms) => ms.toFixed(0));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
