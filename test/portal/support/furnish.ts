import { DEMO_EVENT_TYPES } from "../../../src/main/demo-catalogue.ts";
import { recordPast } from "./record-past.ts";
import type { Installation } from "../../support/installation.ts";
import { startReceiver } from "../../support/receiver.ts";
import { waitFor } from "../../support/wait-for.ts";

/** An application that has been in use, to look at. */
export type Furnished = AsyncDisposable & {
  readonly appId: string;
  /** One that has nothing yet. */
  readonly emptyAppId: string;
  /** One in which pictures may change what they like. */
  readonly spareAppId: string;
  /** Whose attempts succeed; whose fail; one that its owner has disabled. */
  readonly endpointIds: { readonly good: string; readonly bad: string; readonly disabled: string };
  /** Newest last. */
  readonly messageIds: readonly string[];
};

const BILLING = { groupName: "Billing" };
const CUSTOMERS = { groupName: "Customers" };
const MORE_EVENT_TYPES = [
  { name: "invoice.created", description: "An invoice was made", ...BILLING },
  { name: "invoice.paid", description: "An invoice was paid in full", ...BILLING },
  { name: "invoice.payment.failed", description: "A payment was tried, and failed", ...BILLING },
  {
    name: "invoice.payment.refunded",
    description: "A payment was given back",
    ...BILLING,
    deprecated: true,
  },
  { name: "customer.created", description: "Somebody became a customer", ...CUSTOMERS },
  { name: "customer.deleted", description: "A customer left", ...CUSTOMERS },
];
const MESSAGES = 24;

export async function furnish(installation: Installation): Promise<Furnished> {
  const { svix } = installation;
  const receiver = await startReceiver(({ path }) =>
    path.startsWith("/good")
      ? { status: 200, body: '{"received":true}' }
      : { status: 401, body: '{"error":"invalid signature"}' },
  );
  for (const eventType of [...DEMO_EVENT_TYPES, ...MORE_EVENT_TYPES]) {
    await svix.eventType.create({ ...eventType });
  }
  const { id: appId } = await svix.application.create({ name: "Acme", uid: "acme" });
  const { id: emptyAppId } = await svix.application.create({ name: "Fresh", uid: "fresh" });
  const { id: spareAppId } = await svix.application.create({ name: "Spare", uid: "spare" });

  const good = await svix.endpoint.create(appId, {
    url: receiver.urlOf("/good/webhooks"),
    description: "The order service",
  });
  const bad = await svix.endpoint.create(appId, {
    url: receiver.urlOf("/bad/hooks/posthorn"),
    description: "The data warehouse, nightly",
    eventTypes: ["order.completion", "invoice.paid"],
  });
  const disabled = await svix.endpoint.create(appId, {
    url: "https://api.acme.example/v2/webhooks",
    description: "The old one",
    disabled: true,
  });
  const messageIds = await sendMessages(installation, appId);
  await settled(installation, appId, bad.id);
  await recordPast(installation, appId, good, 0.02);
  await recordPast(installation, appId, bad, 0.4);
  return {
    appId,
    emptyAppId,
    spareAppId,
    endpointIds: { good: good.id, bad: bad.id, disabled: disabled.id },
    messageIds,
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

async function sendMessages({ svix }: Installation, appId: string): Promise<readonly string[]> {
  const names = [...DEMO_EVENT_TYPES, ...MORE_EVENT_TYPES].map(({ name }) => name);
  const ids: string[] = [];
  for (let i = 0; i < MESSAGES; i++) {
    const eventType = names[i % names.length] ?? "order.completion";
    const payload = { id: `ord_${i}`, total: 25 * i, currency: "GBP", items: ["AMAZON-GB"] };
    ids.push((await svix.message.create(appId, { eventType, payload, tags: ["demo"] })).id);
  }
  return ids;
}

/** Resolves when the first attempts have been made. */
async function settled({ svix }: Installation, appId: string, endpointId: string): Promise<void> {
  await waitFor("attempts", async () => {
    const { data } = await svix.messageAttempt.listByEndpoint(appId, endpointId);
    return data.length > 0 ? data : undefined;
  });
}
