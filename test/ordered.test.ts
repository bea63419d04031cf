import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { deliverInOrderId } from "../workflows/contract.ts";
import {
  createCustomer,
  createOrderedCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  type Customer,
} from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { detailsOf } from "./support/details.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);
const MESSAGES = 300;
const ALL_MS_MAX = 90_000;
/** So long that a slow machine does in time what has to come before it. */
const RETRY_S = 20;
/** Far more than its waits: a signal that comes late has the workflow begin one of them anew. */
const WAITS_MS = 6 * 3_600_000;

// At once, because most of them wait, each for workflows of its own.
describe.concurrent.each(DATABASES)("an ordered endpoint, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    const environment = { RETRY_SCHEDULE: `${RETRY_S}s,5m,30m` };
    posthorn = await startInstallation({ database, environment });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it(`gets ${MESSAGES} messages one after another, in the order in which they were accepted`, async () => {
    let underWay = 0;
    let together = 0;
    await using receiver = await startReceiver(async () => {
      together = Math.max(together, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return { status: 204 };
    });
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const ids: string[] = [];
    for (let n = 0; n < MESSAGES; n++) ids.push(await send(posthorn, customer, { n }));
    await waitFor(
      "all of them",
      () => receiver.requests.length >= MESSAGES || undefined,
      ALL_MS_MAX,
    );

    expect(receiver.requests.map(idOf)).toEqual(ids);
    expect(together).toBe(1);
  });

  it("waits for one that fails, as its schedule says, and then goes on", async () => {
    await using receiver = await startReceiver((request, count) => ({
      status: numberOf(request) === 0 && count <= 3 ? 500 : 204,
    }));
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await send(posthorn, customer, { n }));
    const [first = "", , , , last = ""] = ids;
    await recorded(posthorn, first, 1);
    await asleep(posthorn, customer);
    expect(receiver.requests).toHaveLength(1);
    await advance(posthorn.temporal, workflowId(customer), WAITS_MS);
    await ended(posthorn, last);
    expect(receiver.requests.map(idOf)).toEqual([first, first, first, ...ids]);
  });

  it("goes on with the next when the first is canceled, or is made by hand", async () => {
    const failing = new Set([0, 2]);
    await using receiver = await startReceiver((request) => ({
      status: failing.has(numberOf(request)) ? 500 : 204,
    }));
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const [endpointId = ""] = endpointIds;
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await send(posthorn, customer, { n }));
    const [first = "", second = "", third = "", fourth = ""] = ids;
    await recorded(posthorn, first, 1);
    await asleep(posthorn, customer);
    await call(posthorn, "POST", `app/${applicationId}/msg/${first}/endpoint/${endpointId}/cancel`);
    await ended(posthorn, second);
    await recorded(posthorn, third, 1);
    await asleep(posthorn, customer);
    expect(receiver.requests.map(idOf)).toEqual([first, second, third]);
    failing.clear();
    await posthorn.svix.messageAttempt.resend(applicationId, third, endpointId);
    await ended(posthorn, fourth);
    expect(receiver.requests.map(idOf)).toEqual([first, second, third, third, fourth]);
  });

  it("can be made so in the middle, and be made an ordinary one again", async () => {
    let isWell = false;
    await using receiver = await startReceiver(() => ({ status: isWell ? 204 : 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const endpoint = `app/${applicationId}/endpoint/${endpointIds[0]}`;
    const schedule = { retrySchedule: [{ secs: RETRY_S, nanos: 0 }] };
    await call(posthorn, "PUT", `${endpoint}/retry-schedule`, schedule);
    const ids: string[] = [];
    const sendSome = async (count: number) => {
      for (let n = 0; n < count; n++) ids.push(await send(posthorn, customer));
    };
    await sendSome(3);
    for (const id of ids) await recorded(posthorn, id, 1);
    await call(posthorn, "PATCH", endpoint, { ordered: true });
    await sendSome(3);
    isWell = true;
    await asleep(posthorn, customer);
    await advance(posthorn.temporal, workflowId(customer), WAITS_MS);
    for (const id of ids) expect((await ended(posthorn, id)).state).toBe("succeeded");
    expect(receiver.requests.slice(3).map(idOf).slice(-3)).toEqual(ids.slice(3));
    expect(receiver.requests).toHaveLength(9);

    isWell = false;
    const held = ids.length;
    await sendSome(3);
    await recorded(posthorn, ids[held] ?? "", 1);
    isWell = true;
    await call(posthorn, "PATCH", endpoint, { ordered: false });
    for (const id of ids.slice(held + 1)) await ended(posthorn, id);
    expect(await deliveryOf(posthorn, ids[held] ?? "")).toMatchObject({ state: "pending" });
    expect((await ended(posthorn, ids[held] ?? "")).state).toBe("succeeded");
  });
});

function workflowId({ endpointIds }: Customer): string {
  return deliverInOrderId(endpointIds[0] ?? "");
}

/** Resolves when the line's workflow waits for its first. */
async function asleep({ temporal }: Installation, customer: Customer): Promise<void> {
  const line = temporal.workflow.getHandle(workflowId(customer));
  await waitFor("the line to wait", async () => {
    return (await detailsOf(line)).includes("waits until") || undefined;
  });
}

function idOf({ headers }: Received): string {
  return String(headers["svix-id"]);
}

function numberOf({ body }: Received): number {
  return (JSON.parse(body.toString()) as { n: number }).n;
}
