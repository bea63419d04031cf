import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Page } from "playwright-core";
import { createCustomer, recorded, send, type Customer } from "../support/api.ts";
import { call } from "../support/call-api.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import type { OpenPage } from "./support/browser.ts";
import {
  browserTest,
  openStage,
  type PortalOptions,
  type PortalStage,
} from "./support/portal-test.ts";
import { said } from "./support/said.ts";

/** Each second, so that a recovery is canceled long before its end. */
const RECOVER_RATE = "1";
/** Two pages of attempts. */
const TO_CANCEL = 40;
/** Longer than what is held is held. */
const REQUEST_TIMEOUT = "120s";
const HOUR_S = 3_600;
/** Lists are answered slowly, and attempts are made faster. */
const ANSWER_MS = 700;
const CHANGES_MS = 200;

let stage: PortalStage;
let receiver: Receiver;
/** Paths that answer 500. */
const broken = new Set<string>();
/** Paths that answer when they are told to. */
const held = new Map<string, Promise<void>>();
beforeAll(async () => {
  const environment = { RECOVER_RATE, REQUEST_TIMEOUT, EGRESS_IPS: "192.0.2.7" };
  const opened = await openStage({ environment });
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver(async ({ path }) => {
    await held.get(path);
    return broken.has(path) ? { status: 500, body: "no database" } : { status: 204 };
  });
  await stage.installation.svix.eventType.create({
    name: "invoice.paid",
    description: "An invoice was paid",
    schemas: {
      1: {
        type: "object",
        properties: { total: { type: "number", description: "In pence" } },
        examples: [{ total: 4_200 }],
      },
    },
  });
});
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

type Endpoint = Customer & { readonly id: string };

async function newEndpoint(path: string): Promise<Endpoint> {
  const customer = await createCustomer(stage.installation, receiver.urlOf(path));
  const [id = ""] = customer.endpointIds;
  return { ...customer, id };
}

/** Where attempts fail, and none follows by its schedule for as long as a test takes. */
async function newFailing(path: string, scheduleSecs: readonly number[]): Promise<Endpoint> {
  broken.add(path);
  const endpoint = await newEndpoint(path);
  const { applicationId, id } = endpoint;
  const retrySchedule = scheduleSecs.map((secs) => ({ secs, nanos: 0 }));
  const schedulePath = `app/${applicationId}/endpoint/${id}/retry-schedule`;
  await call(stage.installation, "PUT", schedulePath, { retrySchedule });
  return endpoint;
}

function openEndpoint(
  { applicationId, id }: Endpoint,
  below = "",
  options: PortalOptions = {},
): Promise<OpenPage> {
  return stage.openPortal(applicationId, { at: `/endpoints/${id}${below}`, ...options });
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

describe("an endpoint's testing page", () => {
  browserTest("sends an example, and shows what the server answered", async () => {
    const endpoint = await newEndpoint("/example");
    await using opened = await openEndpoint(endpoint, "/testing");
    const { page, complaints } = opened;
    await page.getByText("Schema", { exact: true }).click();
    await page.getByText("In pence").waitFor();
    await page.getByText("Payload", { exact: true }).click();
    await page.getByRole("button", { name: "Send example" }).click();
    await page.getByText("Your server answered 204.").first().waitFor();
    const [request] = await receiver.arrived(1, "/example");
    expect(JSON.parse(String(request?.body))).toEqual({ total: 4_200 });
    expect(complaints).toEqual([]);
  });

  browserTest("sends what was written instead, and says why it was refused", async () => {
    const endpoint = await newFailing("/edited", [HOUR_S]);
    await using opened = await openEndpoint(endpoint, "/testing?type=invoice.paid");
    const { page } = opened;
    const payload = page.getByRole("textbox", { name: "Payload" });
    await payload.fill('{"total":');
    await page.getByText(/This is not JSON/).waitFor();
    const button = page.getByRole("button", { name: "Send example" });
    await expect.poll(() => button.isDisabled()).toBe(true);
    await payload.fill('{"total": 7}');
    await page.getByRole("button", { name: "Send example" }).click();
    await page.getByText("Your code failed").first().waitFor();
    expect(String((await receiver.arrived(1, "/edited"))[0]?.body)).toBe('{"total":7}');
    await page.getByRole("button", { name: /^500/ }).click();
    await page.getByText("no database").waitFor();
    await page.getByRole("button", { name: "Back to the example" }).click();
    await expect.poll(() => payload.inputValue()).toContain("4200");
  });
});

describe("an endpoint's page", () => {
  browserTest("shows attempts as they are made, and each of them beside the list", async () => {
    const endpoint = await newFailing("/live", [HOUR_S]);
    await using opened = await openEndpoint(endpoint);
    const { page, complaints } = opened;
    await page.getByText("Nothing was sent here yet").waitFor();
    await send(stage.installation, endpoint);
    await page.getByText("Failed 500").first().waitFor();
    await page.getByText("1 message waits for an attempt now").waitFor();

    await page.getByRole("link", { name: "invoice.paid" }).first().click();
    const beside = page.getByRole("dialog", { name: "Attempt" });
    await beside.getByText("Your server answered 500.").waitFor();
    await beside.getByText("no database").waitFor();
    await page.waitForURL(/attempt=atmpt_/);
    await page.reload();
    await beside.getByText("no database").waitFor();
    broken.delete("/live");
    await beside.getByRole("button", { name: "Resend" }).click();
    await page.keyboard.press("Escape");
    await page.getByText("Succeeded 204").waitFor();
    const outcome = page.getByRole("radiogroup", { name: "Outcome" });
    await outcome.getByText("Failed").click();
    await page.getByText("Succeeded 204").waitFor({ state: "detached" });
    const actions = page.getByRole("button", { name: /^Actions for attempt/ });
    await actions.first().click();
    await page.getByRole("menuitem", { name: "Resend" }).click();
    await page.getByText(/may leave this attempt out/).waitFor();
    await page.getByRole("button", { name: "Show all attempts" }).click();
    await page.getByText("Succeeded 204").nth(1).waitFor();
    await page.getByText(/may leave this attempt out/).waitFor({ state: "detached" });
    await outcome.getByText("Succeeded").click();
    await page.getByText("Failed 500").waitFor({ state: "detached" });
    await page.waitForURL(/status=succeeded/);
    expect(complaints).toEqual([]);
  });

  browserTest("disables it and enables it, asked once more each time", async () => {
    const endpoint = await newEndpoint("/switched");
    const { svix } = stage.installation;
    await using opened = await openEndpoint(endpoint);
    const { page } = opened;
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Disable" }).click();
    await page.getByText("It is disabled", { exact: true }).waitFor();
    expect((await svix.endpoint.get(endpoint.applicationId, endpoint.id)).disabled).toBe(true);
    await page.getByRole("button", { name: "Enable it" }).click();
    await dialog.getByRole("button", { name: "Enable" }).click();
    await page.getByText("It is disabled", { exact: true }).waitFor({ state: "detached" });
    expect((await svix.endpoint.get(endpoint.applicationId, endpoint.id)).disabled).toBe(false);
  });

  browserTest("says why it was disabled", async () => {
    const endpoint = await newEndpoint("/gone");
    const { applicationId, id } = endpoint;
    await using gone = await startReceiver(() => ({ status: 410 }));
    await stage.installation.svix.endpoint.patch(applicationId, id, { url: gone.urlOf("/gone") });
    await recorded(stage.installation, await send(stage.installation, endpoint), 1);
    await using opened = await openEndpoint(endpoint);
    await opened.page.getByText(/your server answered 410 Gone/).waitFor();
    await opened.page.getByText(/First failure/).waitFor();
  });

  browserTest("changes what it is called, what it gets, and its secret", async () => {
    const endpoint = await newEndpoint("/changed");
    const { applicationId, id } = endpoint;
    const { svix } = stage.installation;
    const before = (await svix.endpoint.getSecret(applicationId, id)).key;
    await using opened = await openEndpoint(endpoint);
    const { page } = opened;
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByLabel("Description").fill("Of the shop");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("#content").getByText("Of the shop").waitFor();

    await page.getByRole("button", { name: "Edit event types" }).click();
    await page.getByRole("checkbox", { name: "invoice.paid" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await said(page, "The event types were changed");

    await page.getByRole("button", { name: "Reveal the signing secret" }).click();
    await page.getByText(before).waitFor();
    await page.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
    await page.getByText(before).waitFor({ state: "detached" });
    const { key } = await svix.endpoint.getSecret(applicationId, id);
    await page.getByText(key).waitFor();
    expect(await svix.endpoint.get(applicationId, id)).toMatchObject({
      description: "Of the shop",
      eventTypes: ["invoice.paid"],
    });
  });

  browserTest("deletes it when its URL is typed, and goes to the others", async () => {
    const endpoint = await newEndpoint("/deleted");
    await using opened = await openEndpoint(endpoint);
    const { page } = opened;
    await choose(page, /Delete/);
    const button = page.getByRole("dialog").getByRole("button", { name: "Delete" });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel(/to confirm/).fill(receiver.urlOf("/deleted"));
    await button.click();
    await page.getByRole("heading", { level: 1, name: "Endpoints" }).waitFor();
    expect((await stage.installation.svix.endpoint.list(endpoint.applicationId)).data).toEqual([]);
  });
});

describe("what an endpoint missed", () => {
  /** Messages that failed for good. The oldest attempt is that of the first of them. */
  async function failed(path: string, count: number): Promise<Endpoint> {
    const endpoint = await newFailing(path, []);
    await recorded(stage.installation, await send(stage.installation, endpoint), 1);
    const ids = Array.from({ length: count - 1 }, () => send(stage.installation, endpoint));
    await Promise.all((await Promise.all(ids)).map((id) => recorded(stage.installation, id, 1)));
    broken.delete(path);
    return endpoint;
  }

  browserTest("is counted, recovered, and watched meanwhile", async () => {
    const endpoint = await failed("/recovered", 3);
    const seen = Promise.withResolvers<void>();
    held.set("/recovered", seen.promise);
    await using opened = await openEndpoint(endpoint);
    const { page, complaints } = opened;
    await choose(page, /Recover failed/);
    await page.getByText("3 messages will be sent").waitFor();
    await page.getByRole("button", { name: "Recover", exact: true }).click();
    await page.getByText(/\d of 3 sent/).waitFor();
    const bar = page.getByRole("progressbar", { name: "How much has been sent" });
    // Nothing has been answered yet: it is as wide as nothing.
    await bar.waitFor({ state: "attached" });
    seen.resolve();
    await page.getByText("Finished: 3 succeeded, 0 failed.").waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await choose(page, /Recover failed/);
    await page.getByText("Nothing has failed in that time.").waitFor();
    expect(receiver.at("/recovered").length).toBe(2 * 3);
    expect(complaints).toEqual([]);
  });

  browserTest("is listed further, and anew, while attempts come faster than answers", async () => {
    const endpoint = await failed("/more", 25);
    await using opened = await openEndpoint(endpoint);
    const { page, complaints } = opened;
    await page.getByRole("button", { name: "Load more" }).waitFor();
    await page.route(/\/attempt\/endpoint\//, async (route) => {
      await delay(ANSWER_MS);
      await route.continue();
    });
    const enough = new AbortController();
    const sending = (async () => {
      while (!enough.signal.aborted) {
        await send(stage.installation, endpoint);
        await delay(CHANGES_MS);
      }
    })();
    await page.getByText("Succeeded 204").first().waitFor();
    await page.getByRole("button", { name: "Load more" }).click();
    const attempts = page.getByRole("button", { name: /^Actions for attempt/ });
    await attempts.nth(20).waitFor();
    broken.add("/more");
    const newest = page.getByText(/^(?:Succeeded 204|Failed 500)$/).first();
    await expect.poll(() => newest.textContent()).toBe("Failed 500");
    enough.abort();
    await sending;
    expect(complaints).toEqual([]);
  });

  browserTest("is recovered until somebody cancels the rest", async () => {
    const endpoint = await failed("/canceled", TO_CANCEL);
    await using opened = await openEndpoint(endpoint);
    const { page } = opened;
    await page.getByRole("button", { name: "Load more" }).click();
    await page
      .getByRole("button", { name: /^Actions for attempt/ })
      .nth(TO_CANCEL - 1)
      .click();
    await page.getByRole("menuitem", { name: /Recover all failed since/ }).click();
    await page.getByText(`${TO_CANCEL} messages will be sent`).waitFor();
    await page.getByRole("button", { name: "Recover", exact: true }).click();
    await page.getByRole("button", { name: "Close" }).last().click();
    await page.getByText(/Recovering failed messages/).waitFor();
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("button", { name: "Cancel the rest" }).click();
    await page.getByText(/It stopped. It was canceled/).waitFor();
    expect(receiver.at("/canceled").length).toBeLessThan(2 * TO_CANCEL);
  });
});

describe("an endpoint's advanced page", () => {
  browserTest("sets headers, format, throttle and retries, and requests obey", async () => {
    const endpoint = await newEndpoint("/advanced");
    await using opened = await openEndpoint(endpoint, "/advanced");
    const { page, complaints } = opened;
    await page.getByText("192.0.2.7").waitFor();
    const section = (name: string) => page.getByRole("region", { name });
    const save = (name: string) => section(name).getByRole("button", { name: "Save" }).click();

    await page.getByLabel("Throttle").fill("7");
    await save("Delivery");
    await said(page, "How messages are delivered was changed");
    const planned = section("Retries").getByRole("list", { name: "Attempts", exact: true });
    await planned.getByText("35 min 5 s after the first", { exact: true }).waitFor();
    await section("Retries").getByText("One of its own").click();
    await page.getByLabel("Waits").fill("1s, 2 minutes");
    await page.getByText(/“2 minutes” is no wait/).waitFor();
    await page.getByLabel("Waits").fill("1s, 2m");
    await page.getByText("2 min 1 s after the first").waitFor();
    await save("Retries");
    await said(page, "The retries were changed");

    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of header 1").fill("Authorization");
    await page.getByLabel("Value of header 1").fill("Bearer of-others");
    await save("Custom headers");
    await section("Custom headers").getByText("••••").waitFor();
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of header 1").fill("Authorization");
    await page.getByLabel("Value of header 1").fill("Bearer of-mine");
    await save("Custom headers");
    await page.getByLabel("Value of header 1").waitFor({ state: "detached" });
    await page.getByRole("switch", { name: "Token in a header" }).check();
    await section("Request format").getByLabel("Token", { exact: true }).fill("short");
    await save("Request format");
    await section("Request format")
      .getByText(/at least 8/)
      .waitFor();
    await section("Request format").getByLabel("Token", { exact: true }).fill("a-token-of-mine");
    await page.getByText('{"event": …, "data": …}').click();
    await save("Request format");
    await said(page, "The request format was changed");

    await send(stage.installation, endpoint);
    const [request] = await receiver.arrived(1, "/advanced");
    expect(request?.headers).toMatchObject({
      authorization: "Bearer of-mine",
      "x-auth-token": "a-token-of-mine",
    });
    expect(JSON.parse(String(request?.body))).toMatchObject({ event: "invoice.paid" });
    const { svix } = stage.installation;
    const found = await svix.endpoint.get(endpoint.applicationId, endpoint.id);
    expect(found.throttleRate).toBe(7);
    expect(complaints).toEqual([]);
  });
});

describe("a session that may only look", () => {
  browserTest.each(["", "/testing", "/advanced"])(
    "is offered nothing to change: %s",
    async (below) => {
      const endpoint = await newEndpoint("/looked-at");
      await recorded(stage.installation, await send(stage.installation, endpoint), 1);
      await using opened = await openEndpoint(endpoint, below, { access: { readOnly: true } });
      const { page, complaints } = opened;
      await page.getByText("This session may not see it").waitFor();
      const words =
        /edit|save|send example|enable|disable|options|rotate|reveal|resend|add|remove/i;
      expect(await page.getByRole("button", { name: words }).count()).toBe(0);
      expect(await page.getByRole("switch").count()).toBe(0);
      expect(await page.getByRole("textbox", { name: /payload|header|token|wait/i }).count()).toBe(
        0,
      );
      expect(complaints).toEqual([]);
    },
  );

  browserTest("sees nothing of another application's endpoint", async () => {
    const endpoint = await newEndpoint("/theirs");
    const { applicationId } = await newEndpoint("/ours");
    await using opened = await openEndpoint({ ...endpoint, applicationId });
    await opened.page.getByText("There is no such endpoint").waitFor();
  });
});
