import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Notes leave after some seconds, and a button says only for two that it has copied. A machine that stands still
 * for so long would never show them to a test, so each page writes down what it says.
 */
const WRITE_DOWN = `
  globalThis.said = [];
  const known = new WeakSet();
  new MutationObserver((changes) => {
    for (const { type, target } of changes) {
      if (type === "attributes") said.push(target.ariaLabel);
    }
    for (const note of document.querySelectorAll(".mantine-Notification-root")) {
      if (!known.has(note)) said.push(note.textContent);
      known.add(note);
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
`;

/** For all pages of the context that are opened from now on. */
export async function writeDownWhatIsSaid(context: BrowserContext): Promise<void> {
  await context.addInitScript(WRITE_DOWN);
}

/** Resolves when a note or a button of the page says `text`, or has said so since the page was loaded. */
export async function said(page: Page, text: string): Promise<void> {
  await expect
    .poll(() => page.evaluate("said"))
    .toContainEqual(expect.stringContaining(text) as string);
}
