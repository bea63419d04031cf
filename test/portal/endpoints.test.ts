import { afterAll, beforeAll, describe, expect } from "vitest";
import { Webhook } from "standardwebhooks";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { send } from "../support/api.ts";
import { browserTest, heading, openStage, type PortalStage } from "./support/portal-test.ts";
import { said } from "./support/said.ts";

let stage: PortalStage;
let receiver: Receiver;
beforeAll(async () => {
  const opened = await openStage();
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver();
  for (const name of ["invoice.paid", "invoice.sent", "user.created"]) {
    await stage.installation.svix.eventType.create({ name, description: `About ${name}` });
  }
});
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

async function newApplication(): Promise<string> {
  return (await stage.installation.svix.application.create({ name: "Shop" })).id;
}

describe("the page of endpoints", () => {
  browserTest("leads whoever has none to a first one, and its secret verifies", async () => {
    const appId = await newApplication();
    await using opened = await stage.openPortal(appId);
    const { page, complaints } = opened;
    await page.getByRole("link", { name: "Add endpoint" }).click();
    await page.getByRole("heading", { level: 1, name: "Add endpoint" }).waitFor();

    await page.getByLabel("Endpoint URL").fill(receiver.urlOf("/hooks"));
    await page.getByText("out of reach").waitFor();
    await page.getByLabel("Search event types").fill("invoice");
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "invoice", exact: true }).check();
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Add endpoint" }).click();

    await page.getByRole("heading", { level: 1, name: "Your endpoint is ready" }).waitFor();
    const secret = await page.getByTestId("secret").innerText();
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByRole("button", { name: "Copy the secret" }).click();
    const refused = page.getByRole("button", { name: /does not allow copying/ });
    await refused.waitFor();
    await page.evaluate("delete navigator.clipboard.writeText");
    await refused.click();
    await said(page, "Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(secret);

    await send(stage.installation, { applicationId: appId, endpointIds: [] });
    const [request] = await receiver.arrived(1, "/hooks");
    const headers = request?.headers as Record<string, string>;
    expect(() => new Webhook(secret).verify(request?.body ?? "", headers)).not.toThrow();

    const [endpoint] = (await stage.installation.svix.endpoint.list(appId)).data;
    expect(endpoint).toMatchObject({
      url: receiver.urlOf("/hooks"),
      eventTypes: ["invoice.paid", "invoice.sent"],
    });
    await page.getByRole("link", { name: "All endpoints" }).click();
    await page
      .getByRole("img", { name: "1 succeeded and 0 failed in the last 24 hours" })
      .waitFor();
    await page.getByText("7 days").click();
    await page.getByRole("img", { name: "1 succeeded and 0 failed in the last 7 days" }).waitFor();
    await page.waitForURL(/\?period=7d$/);
    expect(complaints).toEqual([]);
  });

  browserTest("shows what happens meanwhile without being asked", async () => {
    const appId = await newApplication();
    await stage.installation.svix.endpoint.create(appId, { url: receiver.urlOf("/live") });
    await using opened = await stage.openPortal(appId);
    await opened.page.getByRole("img", { name: /^0 succeeded and 0 failed/ }).waitFor();
    await send(stage.installation, { applicationId: appId, endpointIds: [] });
    await opened.page.getByRole("img", { name: /^1 succeeded and 0 failed/ }).waitFor();
  });

  browserTest(
    "offers a session that may only look nothing to add, and the API would refuse",
    async () => {
      const appId = await newApplication();
      await using opened = await stage.openPortal(appId, { access: { readOnly: true } });
      const { page } = opened;
      expect(await page.getByRole("link", { name: "Add endpoint" }).count()).toBe(0);
      await page.goto(`${stage.installation.url}/portal/endpoints/new`);
      await page.getByText("You cannot add endpoints here").waitFor();
    },
  );
});

describe("the form for a new endpoint", () => {
  browserTest("sends headers, a throttle, channels and a token along", async () => {
    const appId = await newApplication();
    await using opened = await stage.openPortal(appId, { at: "/endpoints/new" });
    const { page } = opened;
    expect(await heading(page)).toBe("Add endpoint");
    await page.getByLabel("Endpoint URL").fill(receiver.urlOf("/all"));
    await page.getByRole("button", { name: "Advanced" }).click();
    await page.getByPlaceholder("Type one, then press Enter").fill("project_1");
    await page.keyboard.press("Enter");
    await page.getByLabel("Throttle").fill("7");
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of header 1").fill("x-team");
    await page.getByLabel("Value of header 1").fill("ops");
    await page.getByLabel("Token").fill("a-token-of-mine");
    await page.getByRole("button", { name: "Add endpoint" }).click();
    await page.getByRole("heading", { level: 1, name: "Your endpoint is ready" }).waitFor();
    await page.getByText(/your own machine or network, which is mostly out of reach/).waitFor();

    const { svix } = stage.installation;
    const [endpoint] = (await svix.endpoint.list(appId)).data;
    expect(endpoint).toMatchObject({ throttleRate: 7, channels: ["project_1"] });
    await svix.message.create(appId, { eventType: "a.b", payload: {}, channels: ["project_1"] });
    const [request] = await receiver.arrived(1, "/all");
    expect(request?.headers).toMatchObject({ "x-team": "ops", "x-auth-token": "a-token-of-mine" });
  });

  browserTest(
    "says at the field what is wrong, in the browser's words and in the API's",
    async () => {
      const appId = await newApplication();
      await using opened = await stage.openPortal(appId, { at: "/endpoints/new" });
      const { page } = opened;
      await page.getByLabel("Endpoint URL").fill("api.example.com");
      await page.getByRole("button", { name: "Add endpoint" }).click();
      await page.getByText("Enter the whole URL").waitFor();
      await page.getByLabel("Endpoint URL").fill("ftp://api.example.com");
      await page.getByRole("button", { name: "Add endpoint" }).click();
      await page.getByText(/^Input should be a URL that begins with https/).waitFor();
      expect((await stage.installation.svix.endpoint.list(appId)).data).toEqual([]);
    },
  );
});
