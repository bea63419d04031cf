import { afterAll, beforeAll, describe, expect } from "vitest";
import { call } from "../support/call-api.ts";
import { openPage } from "./support/browser.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";
import { said } from "./support/said.ts";

let stage: PortalStage;
beforeAll(async () => {
  // No retry comes before one by hand.
  const opened = await openStage({ environment: { RETRY_SCHEDULE: "1h" } });
  if (opened === undefined) return;
  stage = opened;
});
afterAll(() => stage?.[Symbol.asyncDispose]());

describe("Play", () => {
  browserTest(
    "shows a new endpoint's messages signed, and makes them fail and succeed as it is told",
    async () => {
      const { svix, url } = stage.installation;
      const { id: appId } = await svix.application.create({ name: "Shop" });
      await using opened = await stage.openPortal(appId, { at: "/endpoints/new" });
      const { page: portal, context, complaints } = opened;
      await portal.getByRole("button", { name: "Get a testing URL from Play" }).click();
      await portal.getByText("This is a testing URL of yours").waitFor();
      await portal.getByRole("button", { name: "Add endpoint" }).click();
      await portal.getByRole("heading", { name: "Your endpoint is ready" }).waitFor();
      const [play] = await Promise.all([
        context.waitForEvent("page"),
        portal.getByRole("link", { name: "Watch what arrives in Play" }).click(),
      ]);
      await play.getByText("Waiting for the first request").waitFor();
      await play.getByText("Checked", { exact: true }).waitFor();

      const message = (total: number) => ({ eventType: "order.placed", payload: { total } });
      await svix.message.create(appId, message(4711));
      const requests = play.getByRole("list", { name: "Requests" });
      await requests.getByRole("button", { name: /POST Signature verified/ }).waitFor();
      await play.getByLabel("the request's body", { exact: true }).getByText("4711").waitFor();
      await requests.getByText("webhook-signature").waitFor();

      await play.bringToFront();
      const answer = play.getByRole("form", { name: "The answer" });
      await answer.getByRole("button", { name: "503" }).click();
      await answer.getByLabel("Body").fill("out of order");
      await answer.getByRole("button", { name: "Set the answer" }).click();
      await said(play, "requests are answered 503");
      const { id } = await svix.message.create(appId, message(4712));
      await portal.bringToFront();
      await portal.goto(`${url}/portal/messages/${id}`);
      await portal
        .getByText(/^Your server answered 503/)
        .first()
        .waitFor();
      await portal.getByRole("button", { name: /^503/ }).first().click();
      await portal.getByText("out of order").waitFor();

      await play.bringToFront();
      await requests.getByText("answered 503").first().waitFor();
      await answer.getByRole("button", { name: "200" }).click();
      await answer.getByRole("button", { name: "Set the answer" }).click();
      await said(play, "requests are answered 200");
      await portal.bringToFront();
      await portal.getByRole("button", { name: "Retry now" }).click();
      await portal.getByText("Succeeded").waitFor();

      await play.bringToFront();
      await play.getByRole("button", { name: "Clear" }).click();
      await play.getByRole("button", { name: "Cancel" }).click();
      expect(await play.getByText("Waiting for the first request").count()).toBe(0);
      await play.bringToFront();
      await play.getByRole("button", { name: "Clear" }).click();
      await play.getByRole("button", { name: "Delete" }).click();
      await play.getByText("Waiting for the first request").waitFor();
      expect(complaints).toEqual([]);
    },
  );

  browserTest("tells what was signed with another secret, and what was not signed", async () => {
    const { id, url } = await call(stage.installation, "POST", "play");
    await using opened = await openPage(stage.browser);
    const { page } = opened;
    await page.goto(`${stage.installation.url}/play/${id}`);
    await page.getByText("Waiting for the first request").waitFor();
    const post = async (headers: Readonly<Record<string, string>>) =>
      fetch(url, { method: "POST", headers, body: "a=b" });
    await post({});
    const requests = page.getByRole("list", { name: "Requests" });
    await requests.getByRole("button", { name: /Not checked|Not signed/ }).waitFor();

    await page.getByLabel("The endpoint’s secret").fill("whsec_!");
    await page.getByRole("button", { name: "Check signatures" }).click();
    await page.getByText(/Input should be a secret/).waitFor();
    await page.getByLabel("The endpoint’s secret").fill("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    await page.getByRole("button", { name: "Check signatures" }).click();
    await page.getByText("Checked", { exact: true }).waitFor();
    await post({
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
      "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}`,
    });
    await requests.getByRole("button", { name: /Signature wrong/ }).waitFor();
  });

  browserTest("has nothing at an address that is none", async () => {
    await using opened = await openPage(stage.browser);
    await opened.page.goto(`${stage.installation.url}/play/play_nothing`);
    await opened.page.getByText("This testing URL is not there any more").waitFor();
    await opened.page.goto(`${stage.installation.url}/play`);
    await opened.page.getByRole("heading", { name: "Testing URLs" }).waitFor();
  });
});
