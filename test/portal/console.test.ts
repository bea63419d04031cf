import { afterAll, beforeAll, describe, expect } from "vitest";
import { openPage } from "./support/browser.ts";
import { browserTest, heading, openStage, type PortalStage } from "./support/portal-test.ts";

let stage: PortalStage;
let appId: string;
beforeAll(async () => {
  const opened = await openStage();
  if (opened === undefined) return;
  stage = opened;
  appId = (await stage.installation.svix.application.create({ name: "Shop" })).id;
});
afterAll(() => stage?.[Symbol.asyncDispose]());

describe("the operator's console", () => {
  browserTest("opens an application's portal in a tab of its own", async () => {
    await using opened = await stage.openConsole("/console");
    const { page, context, complaints } = opened;
    expect(await heading(page)).toBe("Applications");
    await page.getByRole("row", { name: /Shop/ }).waitFor();
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await portal.getByRole("heading", { level: 1, name: "Endpoints" }).waitFor();
    expect(portal.url()).toBe(`${stage.installation.url}/portal/endpoints`);
    expect(complaints).toEqual([]);
  });

  browserTest.each([
    ["nonsense", /Invalid token/],
    ["an application's token", /token of one application/],
  ])("refuses %s with a sentence", async (kind, sentence) => {
    const { token } = await stage.installation.svix.authentication.appPortalAccess(appId, {});
    await using opened = await openPage(stage.browser);
    const { page } = opened;
    await page.goto(`${stage.installation.url}/console`);
    await page.getByLabel("A token of the organization").fill(kind === "nonsense" ? kind : token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(sentence).waitFor();
  });

  browserTest(
    "goes on with what a search finds, and says what to do if it finds nothing",
    async () => {
      const { svix } = stage.installation;
      const { id } = await svix.application.create({ name: "Hidden", uid: "branch-uid" });
      for (let i = 0; i < 50; i++) await svix.application.create({ name: `Branch ${i}` });
      await svix.application.create({ name: "Newest" });
      await using opened = await stage.openConsole("/console/applications");
      const { page, complaints } = opened;
      const field = page.getByLabel("Search applications");
      const newest = page.getByRole("row", { name: /Newest/ });
      await newest.waitFor();
      await field.fill("branch");
      const rows = page.getByRole("row", { name: /Branch|Hidden/ });
      await newest.waitFor({ state: "detached" });
      await rows.first().waitFor();
      expect(await rows.count()).toBe(50);
      await page.getByRole("button", { name: "Load more" }).click();
      await page.getByRole("row", { name: /Hidden.*branch-uid/ }).waitFor();
      expect(await rows.count()).toBe(51);
      expect(await page.getByRole("button", { name: "Load more" }).count()).toBe(0);

      await field.fill(id);
      await page
        .getByRole("row", { name: /Branch/ })
        .first()
        .waitFor({ state: "detached" });
      await rows.first().waitFor();
      expect(await rows.count()).toBe(1);
      await field.fill("nobody");
      await page.getByRole("button", { name: "Show all applications" }).click();
      await rows.first().waitFor();
      expect(await field.inputValue()).toBe("");
      expect(complaints).toEqual([]);
    },
  );

  browserTest("remembers who is signed in until they sign out", async () => {
    await using opened = await stage.openConsole("/console/applications");
    const { page } = opened;
    await page.reload();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await page.reload();
    expect(await heading(page)).toMatch(/console/);
  });
});
