import { ApiException, BackgroundTaskStatus } from "svix";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { call } from "../support/call-api.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

/** Longer than a test: what works on an endpoint that hangs works until it is canceled. */
const REQUEST_TIMEOUT = "120s";

let stage: PortalStage;
let receiver: Receiver;
let appId: string;
let endpointId: string;
beforeAll(async () => {
  const opened = await openStage({ environment: { REQUEST_TIMEOUT } });
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver(({ path }) =>
    path === "/hangs" ? undefined : { status: 401, body: "no" },
  );
  const { svix } = stage.installation;
  await svix.eventType.create({ name: "user.created", description: "Somebody came" });
  for (const name of ["Bakery", "Shop"]) {
    const { id } = await svix.application.create({ name, uid: name.toLowerCase() });
    if (name === "Shop") appId = id;
  }
  endpointId = (await svix.endpoint.create(appId, { url: receiver.urlOf("/hooks") })).id;
  await svix.message.create(appId, { eventType: "a.b", payload: {} });
  await waitFor("a failed attempt", async () => {
    const { data } = await svix.messageAttempt.listByEndpoint(appId, endpointId);
    return data.length > 0 ? data : undefined;
  });
});
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

describe("an operator", () => {
  browserTest("finds a customer, looks at their portal, and sees who is not well", async () => {
    await using opened = await stage.openConsole("/console");
    const { page, context, complaints } = opened;
    const others = page.getByRole("row", { name: /Bakery/ });
    await others.waitFor();
    await page.getByLabel("Search applications").fill("sho");
    await others.waitFor({ state: "detached" });
    await page.waitForURL(/\?search=sho$/);
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await portal.getByText(receiver.urlOf("/hooks")).waitFor();
    await portal.getByText("These are the webhooks of Shop, as they see them.").waitFor();
    await portal.reload();
    await portal.getByText("These are the webhooks of Shop").waitFor();
    await portal.close();
    await page.getByRole("button", { name: "Shop: view webhook" }).focus();
    const [byName] = await Promise.all([
      context.waitForEvent("page"),
      page.keyboard.press("Enter"),
    ]);
    await byName.getByText(receiver.urlOf("/hooks")).waitFor();
    await byName.close();

    await page.getByRole("link", { name: "Health" }).click();
    const row = page.getByRole("row", { name: /Shop/ });
    await row.getByText("Their server answered 401.").waitFor();
    await row.getByText("Failing", { exact: true }).waitFor();
    const [endpoint] = await Promise.all([
      context.waitForEvent("page"),
      row.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await endpoint.waitForURL(`**/portal/endpoints/${endpointId}`);
    await endpoint.getByRole("heading", { name: receiver.urlOf("/hooks") }).waitFor();
    expect(complaints).toEqual([]);
  });

  browserTest("adds a customer, and is told at the field that the uid is taken", async () => {
    await using opened = await stage.openConsole("/console/applications");
    const { page, complaints } = opened;
    await page.getByRole("button", { name: "Add application" }).click();
    const dialog = page.getByRole("dialog", { name: "Add an application" });
    const add = dialog.getByRole("button", { name: "Add application" });
    expect(await add.isDisabled()).toBe(true);
    await dialog.getByLabel("Name").fill("Florist");
    await dialog.getByLabel("Uid").fill("no spaces");
    await add.click();
    await dialog.getByText(/^(Input|String) should/).waitFor();
    await dialog.getByLabel("Uid").fill("shop");
    await add.click();
    await dialog.getByText("Another application has this uid").waitFor();
    await dialog.getByLabel("Uid").fill("florist");
    await add.click();
    await page.getByRole("row", { name: /Florist.*florist/ }).waitFor();
    await dialog.waitFor({ state: "detached" });
    expect(await stage.installation.svix.application.get("florist")).toMatchObject({
      name: "Florist",
      uid: "florist",
    });
    expect(complaints).toEqual([]);
  });

  browserTest("makes an event type, is told where its JSON is wrong, and edits it", async () => {
    await using opened = await stage.openConsole("/console/event-types");
    const { page, complaints } = opened;
    const { svix } = stage.installation;
    await page.getByRole("link", { name: "Add event type" }).click();
    await page.getByLabel("Name", { exact: true }).fill("invoice.paid");
    await page.getByLabel("Description").fill("An invoice was paid");
    await page.getByLabel("Schema", { exact: true }).fill('{"type": "objet"');
    await page.getByText("This is not JSON").waitFor();
    await page.getByLabel("Schema", { exact: true }).fill('{"type": "objet"}');
    await page.getByLabel("Example", { exact: true }).fill('{"id": "inv_1"}');
    await page.getByRole("button", { name: "Add event type" }).click();
    await page.getByText(/^type: Input should be a JSON schema's type/).waitFor();
    await page.getByLabel("Schema", { exact: true }).fill('{"type": "object"}');
    await page.getByRole("button", { name: "Add event type" }).click();
    await page.getByRole("heading", { level: 1, name: "Event types" }).waitFor();
    const schemas = { 1: { type: "object", examples: [{ id: "inv_1" }] } };
    expect(await svix.eventType.get("invoice.paid")).toMatchObject({ schemas, deprecated: false });

    await page.getByRole("link", { name: "invoice.paid" }).click();
    await page.getByRole("switch", { name: "Deprecated" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /invoice\.paid.*Deprecated/ }).waitFor();
    expect(await svix.eventType.get("invoice.paid")).toMatchObject({ schemas, deprecated: true });

    await page.getByRole("button", { name: "Actions for event type invoice.paid" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await page.getByRole("row", { name: /invoice\.paid.*Archived/ }).waitFor();
    expect(await svix.eventType.get("invoice.paid")).toMatchObject({ schemas, archived: true });

    await page.getByRole("button", { name: "Actions for event type invoice.paid" }).click();
    await page.getByRole("menuitem", { name: "Restore" }).click();
    await page.getByRole("row", { name: /invoice\.paid.*Archived/ }).waitFor({ state: "detached" });
    expect(await svix.eventType.get("invoice.paid")).toMatchObject({ schemas, archived: false });

    await page.getByRole("button", { name: "Import a set" }).click();
    await page.getByRole("button", { name: "Import runa" }).click();
    await page.getByRole("row", { name: /order\.completion/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  browserTest("sees for whom a task works, and cancels it", async () => {
    const { svix } = stage.installation;
    const url = receiver.urlOf("/hangs");
    const { id: slowId } = await svix.endpoint.create(appId, { url });
    const since = new Date(Date.now() - 3_600_000);
    const { id } = await svix.endpoint.bulkReplay(appId, endpointId, { since });
    await waitFor("the end of a replay", async () =>
      (await svix.backgroundTask.get(id)).status === BackgroundTaskStatus.Finished
        ? true
        : undefined,
    );
    const running = await svix.endpoint.replayMissing(appId, slowId, { since });

    await using opened = await stage.openConsole("/console/tasks");
    const { page, context, complaints } = opened;
    const ended = page.getByRole("row", { name: /Bulk replay.*Shop.*Finished/ });
    await ended.getByText(receiver.urlOf("/hooks")).filter({ visible: true }).waitFor();
    const row = page.getByRole("row", { name: /Replay missing messages.*Shop/ });
    await row.getByText(url).filter({ visible: true }).waitFor();
    await row.getByText("Running", { exact: true }).waitFor();
    await row.getByRole("button", { name: /^Cancel/ }).click();
    await page.getByRole("button", { name: "Cancel the task", exact: true }).click();
    await row.getByText("Canceled", { exact: true }).waitFor();
    const task = await svix.backgroundTask.get(running.id);
    expect(task).toMatchObject({ status: "failed", data: { appId, endpointId: slowId } });
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      row.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await portal.waitForURL(`**/portal/endpoints/${slowId}`);
    expect(complaints).toEqual([]);
  });

  browserTest("makes a key, which works until it is revoked", async () => {
    await using opened = await stage.openConsole("/console/api-keys");
    const { page, complaints } = opened;
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Dashboard");
    await page.getByRole("checkbox", { name: "Look" }).check();
    await page.getByRole("button", { name: "Make the key" }).click();
    const key = await page.getByTestId("api-key").innerText();
    await page.getByRole("button", { name: "Copy the key" }).click();
    await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toBe(key);
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByText(key).waitFor({ state: "detached" });
    expect(await statusWith(key)).toBe(200);

    const rotate = async (grace: string) => {
      await page.getByRole("button", { name: "Actions for key Dashboard" }).click();
      await page.getByRole("menuitem", { name: "Rotate" }).click();
      await page.getByRole("combobox", { name: /^How long the old secret/ }).click();
      await page.getByRole("option", { name: grace }).click();
      await page.getByRole("button", { name: "Rotate", exact: true }).click();
      return page.getByTestId("api-key").innerText();
    };
    const second = await rotate("For an hour");
    await page.getByText(/^The old secret works as well until/).waitFor();
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByTestId("api-key").waitFor({ state: "detached" });
    expect(await Promise.all([key, second].map(statusWith))).toEqual([200, 200]);
    const third = await rotate("Not at all");
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByTestId("api-key").waitFor({ state: "detached" });
    const texts = [key, second, third];
    expect(await Promise.all(texts.map(statusWith))).toEqual([401, 401, 200]);
    for (const text of texts) expect(await page.content()).not.toContain(text);

    await page.getByRole("button", { name: "Actions for key Dashboard" }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await page.getByLabel("Type Dashboard to confirm").fill("Dashboard");
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByText("No keys yet").waitFor();
    expect(await statusWith(third)).toBe(401);
    expect(complaints).toEqual([]);
  });

  browserTest("has endpoints without encryption refused, and taken again", async () => {
    await using opened = await stage.openConsole("/console/settings");
    const { page, complaints } = opened;
    const choice = page.getByRole("switch", { name: /begin with https/ });
    const isTaken = () =>
      stage.installation.svix.endpoint
        .create(appId, { url: "http://shop.example/hooks", disabled: true })
        .then(() => true)
        .catch((error: unknown) => !(error instanceof ApiException && error.code === 422));
    expect(await isTaken()).toBe(true);
    await choice.click();
    await waitFor("a refusal", async () => ((await isTaken()) ? undefined : true));
    await page.reload();
    await choice.and(page.locator(":checked")).waitFor();
    await choice.click();
    await waitFor("an endpoint", async () => ((await isTaken()) ? true : undefined));
    expect(complaints).toEqual([]);
  });

  browserTest("with a test key sees sandboxes, and changes nothing that is live", async () => {
    const made = { name: "Testing", mode: "test", scopes: ["manage"] };
    const { key } = await call(stage.installation, "POST", "api-key", made);
    await using opened = await stage.openConsole("/console/applications", {}, String(key));
    const { page, context } = opened;
    await page.getByText("Test mode: you see the sandboxes").waitFor();
    expect(await page.getByRole("navigation", { name: "Main" }).innerText()).toMatch(
      /^Applications\s+Event types$/,
    );
    const row = page.getByRole("row", { name: /Shop/ });
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      row.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await portal.getByText("Add your first endpoint").waitFor();
    await portal.close();
    await page.getByRole("link", { name: "Event types" }).click();
    await page.getByRole("row", { name: /user\.created/ }).waitFor();
    const controls = page.getByRole("main").getByRole("button", { name: /^(?!Copy)/ });
    expect(await controls.count()).toBe(0);
    for (const at of ["settings", "health", "api-keys"]) {
      await page.goto(`${stage.installation.url}/console/${at}`);
      await page.getByRole("heading", { name: "A test key sees sandboxes only" }).waitFor();
    }
  });

  browserTest(
    "with a key that may only look is offered nothing that changes anything",
    async () => {
      const made = { name: "Looking", scopes: ["read"] };
      const { key } = await call(stage.installation, "POST", "api-key", made);
      await using opened = await stage.openConsole("/console/applications", {}, String(key));
      const { page } = opened;
      await page.getByText("Your key may look at everything here").waitFor();
      await page.getByRole("row", { name: /Shop/ }).waitFor();
      const controls = page.getByRole("main").getByRole("button", { name: /^(?!Copy)/ });
      expect(await controls.count()).toBe(0);
      const tabs = await page
        .getByRole("navigation", { name: "Main" })
        .getByRole("link")
        .allInnerTexts();
      expect(tabs).toEqual(["Applications", "Health", "Event types", "Tasks", "Settings"]);

      await page.getByRole("link", { name: "Settings" }).click();
      const settings = page.getByRole("switch");
      await settings.first().waitFor();
      for (const one of await settings.all()) expect(await one.isDisabled()).toBe(true);
      await page.getByRole("link", { name: "Event types" }).click();
      await page.getByRole("heading", { level: 1, name: "Event types" }).waitFor();
      await page.getByRole("row", { name: /order\.completion/ }).waitFor();
      expect(await controls.count()).toBe(0);
    },
  );

  browserTest("is not whoever has a key that may only send", async () => {
    const made = { name: "Sending", scopes: ["publish"] };
    const { key } = await call(stage.installation, "POST", "api-key", made);
    await using opened = await stage.openConsole("/console", {});
    const { page } = opened;
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("A token of the organization").fill(String(key));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("may only send messages").waitFor();
  });
});

async function statusWith(key: string): Promise<number> {
  const { url } = stage.installation;
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/api/v1/app`, { headers })).status;
}
