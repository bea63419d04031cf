import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect } from "vitest";
import {
  createCustomer,
  createOrderedCustomer,
  recorded,
  send,
  type Customer,
} from "../support/api.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

type Sized = { readonly scrollWidth: number; readonly clientWidth: number };

let stage: PortalStage;
let receiver: Receiver;
/** By path: whoever's server is well answers 204. */
const answers = new Map<string, { readonly status: number; readonly body: string }>();
beforeAll(async () => {
  // No attempt by the schedule comes between what a test does by hand.
  const environment = { TEMPORAL_UI_URL: "https://temporal.example", RETRY_SCHEDULE: "1h" };
  const opened = await openStage({ environment });
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver(({ path }) => answers.get(path) ?? { status: 204 });
});
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

const IS_TOO_WIDE = ({ scrollWidth, clientWidth }: Sized): boolean => scrollWidth > clientWidth;
const BROKEN = { status: 401, body: '{"error":"signature, please"}' };

/** Whose server answers 401, and a message to it that has been attempted. */
async function failing(path: string): Promise<Customer & { readonly messageId: string }> {
  answers.set(path, BROKEN);
  const customer = await createCustomer(stage.installation, receiver.urlOf(path));
  const messageId = await send(stage.installation, customer);
  await recorded(stage.installation, messageId, 1);
  return { ...customer, messageId };
}

describe("a message whose delivery fails", () => {
  browserTest("says why, and arrives by a resend when the server is mended", async () => {
    const { applicationId } = await failing("/mended");
    await using opened = await stage.openPortal(applicationId, { at: "/messages" });
    const { page, complaints } = opened;
    await page.getByRole("cell", { name: "1 retrying", exact: true }).waitFor();
    await page.getByRole("link", { name: "invoice.paid" }).click();
    await page.getByRole("heading", { level: 1, name: "invoice.paid" }).waitFor();

    const delivery = page.getByRole("region", { name: /^Delivery to .*\/mended$/ });
    await delivery.getByText("Retrying").waitFor();
    await delivery.getByText(/Did you verify the raw body/).waitFor();
    await delivery
      .getByText(/Next attempt/)
      .or(delivery.getByText(/being attempted/))
      .waitFor();

    await delivery.getByRole("button", { name: /^401/ }).first().click();
    await delivery.getByText("signature, please").waitFor();
    await delivery.getByText("Request", { exact: true }).click();
    await delivery.getByText("webhook-signature").waitFor();
    await delivery.getByLabel("the request's body", { exact: true }).getByText("100").waitFor();

    answers.delete("/mended");
    await delivery.getByRole("button", { name: "Retry now" }).click();
    await delivery.getByText("Succeeded").waitFor();
    await delivery.getByText("By hand").waitFor();
    await delivery.getByRole("button", { name: "Retry now" }).waitFor({ state: "detached" });

    const before = receiver.at("/mended").length;
    await delivery
      .getByRole("button", { name: /^Actions for the attempt/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Resend" }).click();
    await receiver.arrived(before + 1, "/mended");
    expect(complaints).toEqual([]);
  });

  browserTest("can be canceled, and sent again all the same", async () => {
    const { applicationId, messageId } = await failing("/canceled");
    await using opened = await stage.openPortal(applicationId, { at: `/messages/${messageId}` });
    const { page } = opened;
    await page.getByRole("button", { name: /^Actions for the delivery/ }).click();
    await page.getByRole("menuitem", { name: "Cancel" }).click();
    await page.getByText(/Canceled after \d/).waitFor();
    const [delivery] = await stage.installation.store.messages.deliveries(messageId);
    expect(delivery?.state).toBe("canceled");
    answers.delete("/canceled");
    await page.getByRole("button", { name: "Resend" }).click();
    await page.getByRole("button", { name: /^204/ }).waitFor();
  });

  browserTest(
    "says that it waits for its turn, at an ordered endpoint, and behind whom",
    async () => {
      answers.set("/in-order", BROKEN);
      const { installation } = stage;
      const customer = await createOrderedCustomer(installation, receiver.urlOf("/in-order"));
      const firstId = await send(installation, customer);
      await recorded(installation, firstId, 1);
      const at = `/messages/${await send(installation, customer)}`;
      await using opened = await stage.openPortal(customer.applicationId, { at });
      const { page } = opened;
      await page.getByText("It waits for its turn").waitFor();
      expect(await page.getByText("being attempted").count()).toBe(0);
      await page.getByRole("link", { name: "See the first in line" }).click();
      await page.getByText(/\d scheduled attempts? failed so far/).waitFor();
      await page.waitForURL(new RegExp(`${firstId}$`));
    },
  );

  browserTest("leads operators, and nobody else, to its workflow in Temporal", async () => {
    const { applicationId, messageId } = await failing("/watched");
    await stage.installation.svix.application.patch(applicationId, { name: "Watched" });
    await using opened = await stage.openConsole("/console/applications");
    const { page: console, context } = opened;
    await context.route("https://temporal.example/**", (route) => route.fulfill({ body: "" }));
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      console.getByRole("button", { name: "View webhook of Watched" }).click(),
    ]);
    await portal.getByRole("heading", { level: 1, name: "Endpoints" }).waitFor();
    await portal.goto(`${stage.installation.url}/portal/messages/${messageId}`);
    await portal.getByRole("button", { name: /^Actions for the delivery/ }).click();
    const [temporal] = await Promise.all([
      context.waitForEvent("page"),
      portal.getByRole("menuitem", { name: "Open in Temporal" }).click(),
    ]);
    await temporal.waitForURL(/^https:\/\/temporal\.example\/.*workflows\//);

    await using customer = await stage.openPortal(applicationId, { at: `/messages/${messageId}` });
    await customer.page.getByRole("button", { name: /^Actions for the delivery/ }).click();
    await customer.page.getByRole("menuitem", { name: "Cancel" }).waitFor();
    expect(await customer.page.getByRole("menuitem", { name: /Temporal/ }).count()).toBe(0);
  });

  browserTest("offers nothing to do to a session that may only look", async () => {
    const { applicationId, messageId } = await failing("/looked-at");
    const access = { readOnly: true };
    await using opened = await stage.openPortal(applicationId, {
      at: `/messages/${messageId}`,
      access,
    });
    const { page } = opened;
    await page.getByText(/Did you verify the raw body/).waitFor();
    expect(await page.getByRole("button", { name: /Retry now|Resend|^Actions/ }).count()).toBe(0);
  });
});

describe("the logs", () => {
  browserTest(
    "find a message by its id and by its event id, and say when there is none",
    async () => {
      const customer = await createCustomer(stage.installation, receiver.urlOf("/found"));
      const { svix } = stage.installation;
      const payload = { note: "too long for a line ".repeat(20) };
      const event = { eventType: "order.placed", eventId: "order-77", payload };
      const { id } = await svix.message.create(customer.applicationId, event);
      for (const wanted of [id, "order-77"]) {
        await using opened = await stage.openPortal(customer.applicationId, { at: "/messages" });
        const { page } = opened;
        await page.getByLabel("Find a message by its id").fill(wanted);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: "order.placed" }).waitFor();
        expect(page.url()).toMatch(new RegExp(`/portal/messages/${id}$`));
        const shown = page.getByLabel("the payload", { exact: true });
        expect(await shown.evaluate(IS_TOO_WIDE)).toBe(false);
        await page.getByRole("button", { name: "Wrap the lines of the payload" }).click();
        await page.locator('[aria-pressed="false"]').waitFor();
        expect(await shown.evaluate(IS_TOO_WIDE)).toBe(true);
      }

      const other = await createCustomer(stage.installation);
      await using opened = await stage.openPortal(other.applicationId, { at: "/messages" });
      for (const wanted of [id, "order-77", "nonsense with spaces"]) {
        await opened.page.getByLabel("Find a message by its id").fill(wanted);
        await opened.page.keyboard.press("Enter");
        await opened.page.getByText("No message has this id").waitFor();
      }
    },
  );

  browserTest("of another application are not there, by no address", async () => {
    const { messageId } = await failing("/theirs");
    const other = await createCustomer(stage.installation);
    for (const id of [messageId, "msg_x", "nothing"]) {
      await using opened = await stage.openPortal(other.applicationId, { at: `/messages/${id}` });
      await opened.page.getByRole("heading", { name: "There is no such page" }).waitFor();
    }
  });

  browserTest("are filtered by the address, show what comes, and can be taken along", async () => {
    const customer = await createCustomer(stage.installation, receiver.urlOf("/logged"));
    const { svix } = stage.installation;
    const sent = async (eventType: string, tag: string) =>
      (await svix.message.create(customer.applicationId, { eventType, payload: {}, tags: [tag] }))
        .id;
    const paid = await sent("invoice.paid", "a");
    await sent("invoice.sent", "b");
    await using opened = await stage.openPortal(customer.applicationId, { at: "/messages" });
    const { page, complaints } = opened;
    const rows = page.getByRole("table", { name: "Messages" }).getByRole("link");
    await rows.nth(1).waitFor();
    await page.getByRole("cell", { name: "1 succeeded", exact: true }).nth(1).waitFor();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("textbox", { name: "Tag" }).fill("a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/tag=a/);
    await page.getByRole("textbox", { name: "Tag" }).and(page.locator(":focus")).waitFor();
    await page.getByRole("link", { name: "invoice.sent" }).waitFor({ state: "detached" });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await page.reload();
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);

    await sent("invoice.late", "a");
    await page.getByRole("link", { name: "invoice.late" }).waitFor();

    // The catalogue has no such type.
    await page.getByRole("button", { name: /^Filters/ }).click();
    await page.getByRole("combobox", { name: "Event types" }).fill("invoice.paid");
    await page.getByRole("option", { name: "invoice.paid" }).click();
    await page.waitForURL(/invoice\.paid/);
    await page.getByRole("link", { name: "invoice.late" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("checkbox", { name: "Succeeded" }).check();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^deliveries-[\d-]+\.csv$/);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines[0]).toMatch(/^messageId,eventId,eventType/);
    expect(lines.some((line) => line.startsWith(paid))).toBe(true);
    expect(complaints).toEqual([]);
  });
});
