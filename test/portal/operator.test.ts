import { afterAll, beforeAll, describe, expect } from "vitest";
import { call } from "../support/call-api.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

let stage: PortalStage;
let receiver: Receiver;
let appId: string;
beforeAll(async () => {
  const opened = await openStage();
  if (opened === undefined) return;
  stage = opened;
  receiver = await startReceiver(() => ({ status: 401, body: "no" }));
  const { svix } = stage.installation;
  await svix.eventType.create({ name: "user.created", description: "Somebody came" });
  for (const name of ["Bakery", "Shop"]) {
    const { id } = await svix.application.create({ name, uid: name.toLowerCase() });
    if (name === "Shop") appId = id;
  }
  const { id: endpointId } = await svix.endpoint.create(appId, { url: receiver.urlOf("/hooks") });
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
    await page.getByLabel("Search applications").fill("sho");
    await page.getByRole("row", { name: /Bakery/ }).waitFor({ state: "detached" });
    expect(page.url()).toMatch(/\?search=sho$/);
    const [portal] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await portal.getByText(receiver.urlOf("/hooks")).waitFor();
    await portal.close();

    await page.getByRole("link", { name: "Health" }).click();
    const row = page.getByRole("row", { name: /Shop/ });
    await row.getByText("Their server answered 401.").waitFor();
    await row.getByText("Failing", { exact: true }).waitFor();
    const [endpoint] = await Promise.all([
      context.waitForEvent("page"),
      row.getByRole("button", { name: "View webhook of Shop" }).click(),
    ]);
    await endpoint.waitForURL(/\/portal\/endpoints\/ep_/);
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

    await page.getByRole("button", { name: "Import a set" }).click();
    await page.getByRole("button", { name: "Import runa" }).click();
    await page.getByRole("row", { name: /order\.completion/ }).waitFor();
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
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(key);
    await page.getByRole("button", { name: "I have it" }).click();
    expect(await statusWith(key)).toBe(200);
    expect(await page.getByText(key).count()).toBe(0);

    await page.getByRole("button", { name: "Actions for key Dashboard" }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await page.getByLabel("Type Dashboard to confirm").fill("Dashboard");
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByText("No keys yet").waitFor();
    expect(await statusWith(key)).toBe(401);
    expect(complaints).toEqual([]);
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
