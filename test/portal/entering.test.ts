import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Request, Response } from "playwright-core";
import { openPage } from "./support/browser.ts";
import { browserTest, heading, openStage, type PortalStage } from "./support/portal-test.ts";
import { seriousFaults } from "./support/axe.ts";

let stage: PortalStage;
let appId: string;
beforeAll(async () => {
  const opened = await openStage();
  if (opened === undefined) return;
  stage = opened;
  appId = (await stage.installation.svix.application.create({ name: "Shop" })).id;
});
afterAll(() => stage?.[Symbol.asyncDispose]());

describe("a link to the portal", () => {
  browserTest("opens it, leaves the address at once, and survives a reload", async () => {
    await using opened = await stage.openPortal(appId);
    const { page, complaints } = opened;
    expect(await heading(page)).toBe("Endpoints");
    expect(page.url()).toBe(`${stage.installation.url}/portal/endpoints`);
    await expect.poll(() => page.title()).toBe("Endpoints · Webhooks");
    await page.reload();
    expect(await heading(page)).toBe("Endpoints");
    expect(complaints).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  });

  browserTest("that is left holds no connection, and goes on when one comes back", async () => {
    await using opened = await stage.openPortal(appId);
    const { page } = opened;
    const isLive = (one: Request | Response) => one.url().endsWith("/live");
    const [begun] = await Promise.all([page.waitForResponse(isLive), page.reload()]);
    expect(begun.status()).toBe(200);
    const ended = page.waitForEvent("requestfailed", isLive);
    await page.evaluate('dispatchEvent(new PageTransitionEvent("pagehide"))');
    await ended;
    const taken = page.waitForEvent("request", isLive);
    await page.evaluate('dispatchEvent(new PageTransitionEvent("pageshow"))');
    await taken;
  });

  browserTest("works once: whoever finds it later is told what to do", async () => {
    const { url } = await stage.installation.svix.authentication.appPortalAccess(appId, {});
    for (const expected of ["Endpoints", "This link has expired"]) {
      await using opened = await openPage(stage.browser);
      await opened.page.goto(url);
      await opened.page.getByRole("heading", { level: 1, name: expected }).waitFor();
    }
  });

  browserTest("is needed: without one nothing is shown", async () => {
    await using opened = await openPage(stage.browser);
    await opened.page.goto(`${stage.installation.url}/portal/endpoints`);
    expect(await heading(opened.page)).toBe("Open this page from your account");
    expect(await seriousFaults(opened.page)).toEqual([]);
  });

  browserTest("that was revoked meanwhile says that it is over", async () => {
    await using opened = await stage.openPortal(appId, { access: { sessionId: "ida" } });
    await stage.installation.svix.authentication.expireAll(appId, { sessionIds: ["ida"] });
    await opened.page.reload();
    await opened.page.getByRole("heading", { name: "This link has expired" }).waitFor();
  });

  browserTest("lets its pages be opened in new tabs, by Ctrl or the middle button", async () => {
    await using opened = await stage.openPortal(appId);
    const { page, context } = opened;
    const logs = page.getByRole("link", { name: "Logs" });
    const ways = [
      () => logs.click({ modifiers: ["ControlOrMeta"] }),
      () => logs.click({ button: "middle" }),
    ];
    for (const click of ways) {
      const [tab] = await Promise.all([context.waitForEvent("page"), click()]);
      await tab.getByRole("heading", { level: 1, name: "Logs" }).waitFor();
      await tab.close();
    }
    expect(await heading(page)).toBe("Endpoints");
  });

  browserTest("that may only look says so", async () => {
    await using opened = await stage.openPortal(appId, { access: { readOnly: true } });
    await opened.page.getByText("You can look at everything here, and change nothing").waitFor();
  });

  browserTest("brings the producer's looks, but no code and no other site", async () => {
    const parameters =
      "primaryColorLight=0f7b6c&darkMode=false&hideNavigation=true&fontFamily=Georgia%22;x&next=%2F%2Fevil.example";
    await using opened = await stage.openPortal(appId, { parameters, scheme: "dark" });
    const { page } = opened;
    expect(new URL(page.url()).host).toBe(new URL(stage.installation.url).host);
    const style = (name: string): Promise<string> =>
      page.evaluate(
        `getComputedStyle(document.documentElement).getPropertyValue("${name}").trim()`,
      );
    expect(await style("--mantine-primary-color-filled")).toBe("#0f7b6c");
    expect(await style("--mantine-font-family")).toMatch(/^'Inter Variable'/);
    expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(0);
  });
});
