import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Page } from "playwright-core";
import { recorded, send } from "../support/api.ts";
import { openPage } from "./support/browser.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";
import { said } from "./support/said.ts";

/** Short, so that what fails has soon failed for good. */
const RETRY_SCHEDULE = "100ms";
/** While the consumer's server is out of order. */
const MISSED = 3;

let stage: PortalStage;
beforeAll(async () => {
  const opened = await openStage({ environment: { RETRY_SCHEDULE } });
  if (opened === undefined) return;
  stage = opened;
  await stage.installation.svix.eventType.create({
    name: "invoice.paid",
    description: "An invoice was paid",
    schemas: { 1: { type: "object", examples: [{ total: 4_200 }] } },
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

describe("a consumer who never read a manual", () => {
  browserTest(
    "adds an endpoint, tests it, finds out why deliveries failed, and recovers them",
    async () => {
      const { svix } = stage.installation;
      const { id: applicationId } = await svix.application.create({ name: "Shop" });
      const { url: link } = await svix.authentication.appPortalAccess(applicationId, {});
      await using opened = await openPage(stage.browser);
      const { page: portal, complaints } = opened;
      await portal.goto(link);

      const play = await addPlayEndpoint(portal);
      await sendExample(portal);
      await seenSigned(play, "4200");

      await setAnswer({ portal, play }, "401", "who are you?");
      const customer = { applicationId, endpointIds: [] };
      for (let total = 1; total <= MISSED; total++) {
        const messageId = await send(stage.installation, customer, { total });
        await recorded(stage.installation, messageId, 2);
      }
      await readDiagnosis(portal);

      await setAnswer({ portal, play }, "200", "thanks");
      await resend(portal);
      await recover(portal, MISSED - 1);
      const requests = play.getByRole("list", { name: "Requests" });
      // The example, each message twice while it failed, then each once.
      const count = 1 + 2 * MISSED + MISSED;
      const verified = requests.getByRole("button", { name: /POST Signature verified/ });
      await verified.nth(count - 1).waitFor();
      expect(await requests.getByRole("button", { name: /POST/ }).count()).toBe(count);
      expect(complaints).toEqual([]);
    },
  );
});

type Pages = { readonly portal: Page; readonly play: Page };

/** Goes on to the new endpoint; returns the page of Play that shows what arrives at it. */
async function addPlayEndpoint(portal: Page): Promise<Page> {
  await portal.getByRole("link", { name: "Add endpoint" }).first().click();
  await portal.getByRole("button", { name: "Get a testing URL from Play" }).click();
  await portal.getByText("This is a testing URL of yours").waitFor();
  await portal.getByRole("button", { name: "Add endpoint" }).click();
  await portal.getByRole("heading", { name: "Your endpoint is ready" }).waitFor();
  expect(await portal.getByTestId("secret").innerText()).toMatch(/^whsec_/);
  const [play] = await Promise.all([
    portal.context().waitForEvent("page"),
    portal.getByRole("link", { name: "Watch what arrives in Play" }).click(),
  ]);
  await play.getByText("Waiting for the first request").waitFor();
  await portal.bringToFront();
  await portal.getByRole("link", { name: "Go to the endpoint" }).click();
  return play;
}

async function sendExample(portal: Page): Promise<void> {
  await portal.getByRole("link", { name: "Testing" }).click();
  await portal.getByRole("button", { name: "Send example" }).click();
  await portal.getByText("Your server answered 200.").first().waitFor();
}

async function seenSigned(play: Page, part: string): Promise<void> {
  const requests = play.getByRole("list", { name: "Requests" });
  await requests.getByRole("button", { name: /POST Signature verified/ }).waitFor();
  await play.getByLabel("the request's body", { exact: true }).getByText(part).waitFor();
}

/** A page behind another draws rarely, and whoever clicks there has to wait. */
async function setAnswer({ portal, play }: Pages, status: string, body: string): Promise<void> {
  await play.bringToFront();
  const answer = play.getByRole("form", { name: "The answer" });
  await answer.getByRole("button", { name: status }).click();
  await answer.getByLabel("Body").fill(body);
  await answer.getByRole("button", { name: "Set the answer" }).click();
  await said(play, `requests are answered ${status}`);
  await portal.bringToFront();
}

/** Of the newest attempt, which is shown beside the others. */
async function readDiagnosis(portal: Page): Promise<void> {
  await portal.getByRole("link", { name: "Overview" }).click();
  await portal
    .getByText("Failed 401")
    .nth(2 * MISSED - 1)
    .waitFor();
  await portal.getByRole("link", { name: "invoice.paid" }).first().click();
  const attempt = portal.getByRole("dialog", { name: "Attempt" });
  await attempt.getByText(/Did you verify the raw body/).waitFor();
  await attempt.getByText("who are you?").waitFor();
}

/** The message whose attempt is shown. */
async function resend(portal: Page): Promise<void> {
  await portal
    .getByRole("dialog", { name: "Attempt" })
    .getByRole("button", { name: "Resend" })
    .click();
  await portal.keyboard.press("Escape");
  await portal.getByText("Succeeded 200").nth(1).waitFor();
}

async function recover(portal: Page, messages: number): Promise<void> {
  await portal.getByRole("button", { name: "Options" }).click();
  await portal.getByRole("menuitem", { name: /Recover failed/ }).click();
  await portal.getByText(`${messages} messages will be sent`).waitFor();
  await portal.getByRole("button", { name: "Recover", exact: true }).click();
  await portal.getByText(`Finished: ${messages} succeeded, 0 failed.`).waitFor();
  await portal.getByRole("button", { name: "Done" }).click();
}
