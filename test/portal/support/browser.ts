import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { writeDownWhatIsSaid } from "./said.ts";

export type Look = {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
};

/** A page of a browser context of its own, and what went wrong in it. */
export type OpenPage = AsyncDisposable & {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, and what the console or the Content-Security-Policy complained of. */
  readonly complaints: readonly string[];
};

/** Long, because it is only ever waited for in full by a test that fails. */
const WAIT_MS_MAX = 60_000;

/** The system's Chromium, without a window. */
export function launchBrowser(program: string): Promise<Browser> {
  // Where tests run as root, as in containers, Chromium's sandbox cannot be had.
  return chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
}

export async function openPage(browser: Browser, look: Look = {}): Promise<OpenPage> {
  const { scheme = "light", width = 1400, height = 900 } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(WAIT_MS_MAX);
  await writeDownWhatIsSaid(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !isAnswer(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Chromium reports each answer of 400 and above; which of them are wrong, a test says itself. */
function isAnswer(text: string): boolean {
  return text.startsWith("Failed to load resource");
}
