import type { MessageAttemptOut } from "svix";
import type { Delivery } from "../../src/domain/records.ts";
import { call } from "./call-api.ts";
import { waitFor } from "./wait-for.ts";
import type { Installation } from "./installation.ts";

export type Customer = {
  readonly applicationId: string;
  /** In the order of the URLs. */
  readonly endpointIds: readonly string[];
};

/** An application with an endpoint for each URL. */
export async function createCustomer(
  { svix }: Installation,
  ...urls: readonly string[]
): Promise<Customer> {
  const { id: applicationId } = await svix.application.create({ name: "Customer" });
  const endpointIds: string[] = [];
  for (const url of urls) endpointIds.push((await svix.endpoint.create(applicationId, { url })).id);
  return { applicationId, endpointIds };
}

/** An application with one endpoint, which gets one message at a time. */
export async function createOrderedCustomer(
  installation: Installation,
  url: string,
): Promise<Customer> {
  const { id: applicationId } = await installation.svix.application.create({ name: "In order" });
  const body = { url, ordered: true };
  const { id } = await call(installation, "POST", `app/${applicationId}/endpoint`, body);
  return { applicationId, endpointIds: [String(id)] };
}

/** Sends a message; returns its id. */
export async function send(
  { svix }: Installation,
  { applicationId }: Customer,
  payload: object = { total: 100 },
): Promise<string> {
  const message = { eventType: "invoice.paid", payload };
  return (await svix.message.create(applicationId, message)).id;
}

/** Oldest first. */
export async function attemptsOf(
  { svix }: Installation,
  { applicationId }: Customer,
  messageId: string,
): Promise<readonly MessageAttemptOut[]> {
  const { data } = await svix.messageAttempt.listByMsg(applicationId, messageId, {
    withContent: true,
  });
  return data.toReversed();
}

/** The only delivery of a message. Throws if there are more. */
export async function deliveryOf({ store }: Installation, messageId: string): Promise<Delivery> {
  const [delivery, ...others] = await store.messages.deliveries(messageId);
  if (delivery === undefined || others.length > 0) throw new Error("Not exactly one delivery");
  return delivery;
}

/** Resolves when that many attempts have been recorded for the message's only delivery. */
export async function recorded(
  installation: Installation,
  messageId: string,
  attempts: number,
): Promise<Delivery> {
  return waitFor(`${attempts} attempts of ${messageId}`, async () => {
    const delivery = await deliveryOf(installation, messageId);
    return delivery.attemptsMade >= attempts ? delivery : undefined;
  });
}

/** Resolves when the message's only delivery has ended. */
export async function ended(installation: Installation, messageId: string): Promise<Delivery> {
  return waitFor(`the end of ${messageId}`, async () => {
    const delivery = await deliveryOf(installation, messageId);
    return delivery.state === "pending" ? undefined : delivery;
  });
}

/** The id of the workflow that carries the message, as the API names it. */
export async function workflowIdOf(
  { url, token }: Installation,
  { applicationId }: Customer,
  messageId: string,
): Promise<string> {
  return waitFor(`the workflow of ${messageId}`, async () => {
    const answer = await fetch(`${url}/api/v1/app/${applicationId}/msg/${messageId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { workflowId } = (await answer.json()) as { workflowId: string | null };
    return workflowId ?? undefined;
  });
}
