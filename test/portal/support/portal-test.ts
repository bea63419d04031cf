import { inject, test } from "vitest";
import type { AppPortalAccessIn } from "svix";
import type { Browser, Page } from "playwright-core";
import type { Installation } from "../../support/installation.ts";
import { startInstallation, type StartOptions } from "../../support/start-installation.ts";
import { launchBrowser, openPage, type Look, type OpenPage } from "./browser.ts";

/** Tests that need a browser: skipped, and said so aloud (global-setup.ts), where there is none. */
export const browserTest = test.skipIf(inject("chromium") === null);

/** Posthorn and a browser, for the tests of one file. */
export type PortalStage = AsyncDisposable & {
  readonly installation: Installation;
  readonly browser: Browser;
  /** An application's portal in a page of its own, opened by a link as a producer would give it. */
  openPortal(appId: string, options?: PortalOptions): Promise<OpenPage>;
  /** The operator's console, signed in with the organization's token, or with `token`. */
  openConsole(at: string, look?: Look, token?: string): Promise<OpenPage>;
};

export type PortalOptions = Look & {
  /** What the session may do: all, if nothing is said. */
  readonly access?: AppPortalAccessIn;
  /** Below /portal, to begin with: "/endpoints". */
  readonly at?: string;
  /** More parameters of the link: "darkMode=true". */
  readonly parameters?: string;
};

/** undefined where there is no browser. */
export async function openStage(options: StartOptions = {}): Promise<PortalStage | undefined> {
  const program = inject("chromium");
  if (program === null) return undefined;
  await using starting = new AsyncDisposableStack();
  const installation = starting.use(await startInstallation(options));
  const browser = await launchBrowser(program);
  starting.defer(() => browser.close());
  const owned = starting.move();
  return {
    installation,
    browser,
    openPortal: (appId, opening) => openPortal(installation, browser, appId, opening),
    openConsole: (at, look, token = installation.token) =>
      openConsole({ browser, url: installation.url, token }, at, look),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function openPortal(
  { svix }: Installation,
  browser: Browser,
  appId: string,
  { access = {}, at, parameters, ...look }: PortalOptions = {},
): Promise<OpenPage> {
  const { url } = await svix.authentication.appPortalAccess(appId, access);
  const more = [...(at === undefined ? [] : [`next=${encodeURIComponent(at)}`]), parameters];
  const opened = await openPage(browser, look);
  await opened.page.goto([url, ...more.filter((one) => one !== undefined)].join("&"));
  await heading(opened.page);
  return opened;
}

type Entering = { readonly browser: Browser; readonly url: string; readonly token: string };

async function openConsole(
  { browser, url, token }: Entering,
  at: string,
  look?: Look,
): Promise<OpenPage> {
  const opened = await openPage(browser, look);
  const { page } = opened;
  await page.goto(url + at);
  await page.getByLabel("A token of the organization").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  return opened;
}

/** Resolves when a page has come, with its heading. */
export async function heading(page: Page): Promise<string> {
  return page.locator("h1").first().innerText();
}
