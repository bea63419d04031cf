import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { createCustomer, recorded, send } from "../support/api.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

let stage: PortalStage;
let receiver: Receiver;
let appId: string;
beforeAll(async () => {
  // What failed is not attempted again meanwhile.
  const opened = await openStage({ environment: { RETRY_SCHEDULE: "1h" } });
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver(({ path }) => ({ status: path === "/bad" ? 500 : 200 }));
  const { svix } = stage.installation;
  appId = (await svix.application.create({ name: "Shop" })).id;
  const payer = { type: "object", properties: { name: { type: "string" } } };
  const deep = { a: { properties: { b: { properties: { c: { properties: { payer } } } } } } };
  await svix.eventType.create({
    name: "invoice.paid",
    description: "Money came",
    groupName: "Billing",
    schemas: {
      "1": { type: "object", properties: { old: { type: "string" } } },
      "2": {
        type: "object",
        required: ["total"],
        properties: { total: { type: "integer" }, ...deep },
        examples: [{ total: 4711 }],
      },
    },
  });
  await svix.eventType.create({
    name: "user.joined",
    description: "Somebody came",
    deprecated: true,
  });
});
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

describe("the event catalogue", () => {
  browserTest("is searched, and leads to what is in a payload", async () => {
    await using opened = await stage.openPortal(appId, { at: "/event-types" });
    const { page, complaints } = opened;
    await page.getByRole("region", { name: "Billing" }).waitFor();
    await page.getByRole("link", { name: /user\.joined.*Deprecated/ }).waitFor();
    await page.getByLabel("Search event types").fill("money");
    await page.waitForURL(/q=money/);
    await page.getByRole("link", { name: /user\.joined/ }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: /invoice\.paid/ }).click();

    await page.getByRole("heading", { level: 1, name: "invoice.paid" }).waitFor();
    const fields = page.getByRole("list", { name: "Fields of the payload of invoice.paid" });
    await fields.getByText("required").waitFor();
    await page.getByLabel("the example", { exact: true }).getByText("4711").waitFor();

    const deep = fields.getByRole("button", { name: /^c object/ });
    expect(await deep.getAttribute("aria-expanded")).toBe("false");
    await deep.focus();
    await page.keyboard.press("Enter");
    await fields.getByText("payer", { exact: true }).waitFor();

    await page.getByLabel("Version of the schema").first().click();
    await page.getByRole("option", { name: "Version 1" }).click();
    await fields.getByText("old", { exact: true }).waitFor();
    await page.reload();
    await fields.getByText("old", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Its messages" }).click();
    await page.getByText("No message fits").waitFor();
    expect(complaints).toEqual([]);
  });

  browserTest("has no page for what is not in it", async () => {
    await using opened = await stage.openPortal(appId, { at: "/event-types/no.such" });
    await opened.page.getByRole("heading", { name: "There is no such page" }).waitFor();
  });
});

describe("the activity", () => {
  browserTest("shows in pictures and numbers what succeeded, how fast, and who fails", async () => {
    const { installation } = stage;
    const { svix } = installation;
    const customer = await createCustomer(installation);
    const endpointOf = async (path: string, eventType: string) =>
      svix.endpoint.create(customer.applicationId, {
        url: receiver.urlOf(path),
        eventTypes: [eventType],
      });
    await endpointOf("/good", "invoice.paid");
    const { id } = await endpointOf("/bad", "user.joined");
    for (let i = 0; i < 3; i++) await recorded(installation, await send(installation, customer), 1);
    const event = { eventType: "user.joined", payload: {} };
    const sent = await svix.message.create(customer.applicationId, event);
    await recorded(installation, sent.id, 1);

    await using opened = await stage.openPortal(customer.applicationId, { at: "/activity" });
    const { page, complaints } = opened;
    await page.getByRole("img", { name: /^A chart. 3 attempts succeeded and 1 failed/ }).waitFor();
    await page.locator(".recharts-bar-rectangle path").first().waitFor();
    await page.locator(".recharts-line-curve").first().waitFor({ state: "attached" });
    await page.getByText("As a table").first().click();
    const numbers = page.getByRole("table", { name: "Attempts" });
    // An hour may have begun meanwhile: then they are in two rows.
    await expect.poll(() => sumsOf(numbers)).toEqual([3, 1]);

    const failing = page.getByRole("table", { name: "Endpoints that fail most" });
    await failing.getByText("Your server answered 500.").waitFor();
    const link = failing.getByRole("link", { name: receiver.urlOf("/bad") });
    expect(await link.getAttribute("href")).toMatch(new RegExp(`/portal/endpoints/${id}$`));

    await page.getByText("28 days").click();
    await page.waitForURL(/range=28d/);
    await page.getByRole("img", { name: /in the last 28 days/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  browserTest("of nothing says what would be there", async () => {
    await using opened = await stage.openPortal(appId, { at: "/activity" });
    await opened.page.getByText("Nothing was sent in the last 24 hours").waitFor();
    await opened.page.getByRole("button", { name: "Show 28 days" }).click();
    await opened.page.getByText("Nothing was sent in the last 28 days").waitFor();
  });
});

/** Of the last two columns. */
async function sumsOf(table: Locator): Promise<readonly number[]> {
  const rows = await table.getByRole("row").allInnerTexts();
  const numbers = rows.map((row) => row.trim().split(/\s+/).slice(-2).map(Number));
  return [0, 1].map((column) =>
    numbers.reduce((sum, row) => sum + (Number.isNaN(row[column]) ? 0 : (row[column] ?? 0)), 0),
  );
}
