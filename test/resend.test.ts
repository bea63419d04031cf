import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resendMessageId } from "../workflows/contract.ts";
import {
  attemptsOf,
  createCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance } from "./support/time.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let posthorn: Installation;
beforeAll(async () => {
  // So long that no retry is due before a test moves the clock on.
  posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "10m,20m" } });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

async function resend(
  customer: Customer,
  messageId: string,
  endpointId = customer.endpointIds[0] ?? "",
): Promise<void> {
  await posthorn.svix.messageAttempt.resend(customer.applicationId, messageId, endpointId);
}

/** What the workflow came to that made the attempts; it ends when none is left to be made. */
function resent(messageId: string, endpointId = ""): Promise<unknown> {
  const workflowId = resendMessageId({ messageId, endpointId });
  return posthorn.temporal.workflow.getHandle(workflowId).result();
}

describe("a message that is sent again by hand", () => {
  it("while its next attempt waits, is delivered, and is not attempted after that", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 500 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    await resend(customer, messageId);
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "succeeded", attemptsMade: 1 });

    await advance(posthorn.temporal, workflowId, HOUR);
    const sleeper = posthorn.temporal.workflow.getHandle(workflowId);
    expect(await sleeper.result()).toEqual({ succeeded: 1, failed: 0 });
    expect(receiver.requests).toHaveLength(2);
    const attempts = await attemptsOf(posthorn, customer, messageId);
    expect(attempts.map(({ triggerType }) => triggerType)).toEqual([0, 1]);
  });

  it("while its next attempt waits, and fails, is attempted as if nothing had been", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count < 3 ? 503 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId] = customer.endpointIds;
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    const before = await deliveryOf(posthorn, messageId);
    await resend(customer, messageId);
    expect(await resent(messageId, endpointId)).toEqual({ succeeded: 0, failed: 1, refused: 0 });
    expect(await deliveryOf(posthorn, messageId)).toEqual(before);

    await advance(posthorn.temporal, workflowId, 11 * MINUTE);
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "succeeded", attemptsMade: 2 });
    expect(receiver.requests).toHaveLength(3);
  });

  it("after it was delivered, is delivered once more", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await ended(posthorn, messageId);
    await resend(customer, messageId);
    expect(await resent(messageId, customer.endpointIds[0])).toMatchObject({ succeeded: 1 });
    expect(receiver.requests).toHaveLength(2);
    const ids = receiver.requests.map(({ headers }) => headers["svix-id"]);
    expect(ids).toEqual([messageId, messageId]);
    const [first, second] = receiver.requests;
    expect(second?.body).toEqual(first?.body);
  });

  it("after all attempts failed, is delivered", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 410 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const messageId = await send(posthorn, customer);
    expect((await ended(posthorn, messageId)).state).toBe("endpoint_gone");
    await expect(resend(customer, messageId)).rejects.toMatchObject({ code: 409 });
    await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, { disabled: false });
    await resend(customer, messageId);
    await resent(messageId, endpointId);
    expect((await deliveryOf(posthorn, messageId)).state).toBe("succeeded");
  });

  it("to an endpoint that came later, and is subscribed to something else, gets there", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    const { id } = await posthorn.svix.endpoint.create(customer.applicationId, {
      url: receiver.urlOf("/later"),
      channels: ["elsewhere"],
    });
    await resend(customer, messageId, id);
    await resent(messageId, id);
    expect(receiver.at("/later")).toHaveLength(1);
  });

  it("twice at once, is attempted twice, one after the other", async () => {
    let underWay = 0;
    let underWayMax = 0;
    await using receiver = await startReceiver(async () => {
      underWayMax = Math.max(underWayMax, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 100));
      underWay--;
      return { status: 200 };
    });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await ended(posthorn, messageId);
    await Promise.all([resend(customer, messageId), resend(customer, messageId)]);
    const [endpointId] = customer.endpointIds;
    await receiver.arrived(3);
    await resent(messageId, endpointId);
    await resend(customer, messageId);
    await receiver.arrived(4);
    await resent(messageId, endpointId);
    expect(receiver.requests).toHaveLength(4);
    expect(underWayMax).toBe(1);
  });

  it("says in Temporal's UI what it is, and what came of it", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const messageId = await send(posthorn, customer);
    await resend(customer, messageId);
    await resent(messageId, endpointId);
    const workflowId = resendMessageId({ messageId, endpointId });
    const description = await posthorn.temporal.workflow.getHandle(workflowId).describe();
    expect(await description.staticSummary()).toBe(`by hand: ${messageId} → ${endpointId}`);
    expect(description.searchAttributes["PosthornMessage"]).toEqual([messageId]);
    expect(description.searchAttributes["PosthornApp"]).toEqual([customer.applicationId]);
  });

  it("is not taken while Temporal is away, and nothing is sent later", async () => {
    await using receiver = await startReceiver();
    await using posthorn = await startInstallation();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const messageId = await send(posthorn, customer);
    await ended(posthorn, messageId);
    const { workflowService } = posthorn.connection;
    const resendNow = () =>
      posthorn.svix.messageAttempt.resend(customer.applicationId, messageId, endpointId);
    const signal = workflowService.signalWithStartWorkflowExecution;
    Object.assign(workflowService, {
      signalWithStartWorkflowExecution: () => Promise.reject(new Error("Temporal is away")),
    });
    // The client tries again by itself, and gives up.
    await expect(resendNow()).rejects.toMatchObject({ code: 503 });
    expect(receiver.requests).toHaveLength(1);
    Object.assign(workflowService, { signalWithStartWorkflowExecution: signal });
    await resendNow();
    await receiver.arrived(2);
  });
});
