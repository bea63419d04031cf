import { describe, expect, it } from "vitest";
import { attemptsOf, createCustomer, deliveryOf, send, type Customer } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

const MESSAGES = 50;
/** So low that a slow machine accepts them faster. */
const RATE = 5;
/** So many are in order among themselves; by chance it would be some ten. */
const IN_ORDER_MIN = MESSAGES / 3;
/** Who does not wait has come before so many of those that wait. */
const BEFORE_MIN = 5;
/** Of the time that they should take: who misses its turn takes another. */
const LATE_FACTOR_MAX = 4;
/** Of a second, what is lost to rounding. */
const CLOCKS_MS = 100;
/** An application has so many in each second of the clock, the first of which may be about to end. */
const CALENDAR_MS = 1_000;
const WAIT_MS_MAX = 60_000;
/** In a line, at one a second. */
const WAITING = 4;

describe.each(["sqlite", "postgres"] as const)("an endpoint with a rate, on %s", (database) => {
  it("is sent no more than that each second, all of it, in order, and holds up nobody", async () => {
    await using posthorn = await startInstallation({ database });
    await using receiver = await startReceiver();
    const urls = [receiver.urlOf("/held"), receiver.urlOf("/free")];
    const customer = await createCustomer(posthorn, ...urls);
    const [heldId = ""] = customer.endpointIds;
    await posthorn.svix.endpoint.patch(customer.applicationId, heldId, { throttleRate: RATE });
    expect(await statusOf(posthorn, customer)).toEqual({ status: "Ok", throttledSince: null });

    const beganAtMs = Date.now();
    const ids = await sendMany(posthorn, customer);
    const limited = await statusOf(posthorn, customer);
    expect(limited.status).toBe("RateLimited");
    expect(Date.parse(limited.throttledSince ?? "")).toBeGreaterThanOrEqual(beganAtMs);
    expect(Date.parse(limited.throttledSince ?? "")).toBeLessThanOrEqual(Date.now());

    await waitForAll(receiver.requests, "/free");
    const held = await waitForAll(receiver.requests, "/held");
    const lastFree = receiver.requests.findLastIndex(({ path }) => path === "/free");
    const heldAfter = receiver.requests.slice(lastFree).filter(({ path }) => path === "/held");
    expect(heldAfter.length).toBeGreaterThan(BEFORE_MIN);
    expectRate(held, beganAtMs);
    expect(mostInOrder(held, ids)).toBeGreaterThan(IN_ORDER_MIN);

    const numbers = await Promise.all(ids.map((id) => attemptNumbersOf(posthorn, customer, id)));
    expect(new Set(numbers.flat())).toEqual(new Set([1]));
    await waitFor("the end of waiting", async () =>
      (await statusOf(posthorn, customer)).status === "Ok" ? true : undefined,
    );
  });
});

it("an application's rate is shared by its endpoints", async () => {
  await using posthorn = await startInstallation();
  await using receiver = await startReceiver();
  const customer = await createCustomer(posthorn, receiver.urlOf("/a"), receiver.urlOf("/b"));
  await posthorn.svix.application.patch(customer.applicationId, { throttleRate: RATE });
  const messages = 15;
  const beganAtMs = Date.now();
  await sendMany(posthorn, customer, messages);
  const all = await waitForAll(receiver.requests, undefined, 2 * messages);
  expectRate(all, beganAtMs, CALENDAR_MS);
});

it("retries and attempts by hand count, too", async () => {
  await using posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "100ms" } });
  await using receiver = await startReceiver((_request, count) => ({
    status: count === 1 ? 503 : 204,
  }));
  const customer = await createCustomer(posthorn, receiver.urlOf("/"));
  const [endpointId = ""] = customer.endpointIds;
  await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, { throttleRate: 1 });
  const beganAtMs = Date.now();
  const first = await send(posthorn, customer);
  const [, retry] = await receiver.arrived(2);
  expect((retry?.atMs ?? NaN) - beganAtMs).toBeGreaterThan(1_000 - CLOCKS_MS);
  const waiting = await sendMany(posthorn, customer, WAITING);
  await posthorn.svix.messageAttempt.resend(customer.applicationId, first, endpointId);
  const byHand = () => receiver.requests.slice(2).find((one) => idOf(one) === first);
  await waitFor("the attempt by hand", byHand);
  await send(posthorn, customer);
  const requests = await receiver.arrived(4 + WAITING);
  const tookMs = (requests.at(-1)?.atMs ?? NaN) - beganAtMs;
  expect(tookMs).toBeGreaterThan((3 + WAITING) * 1_000 - CLOCKS_MS);
  // By hand it was at once, and not after those that had waited already.
  const order = requests.map(idOf);
  const places = waiting.map((id) => order.indexOf(id));
  expect(order.indexOf(first, 2)).toBeLessThan(Math.max(...places));
  expect((await deliveryOf(posthorn, first)).state).toBe("succeeded");
});

async function sendMany(
  posthorn: Installation,
  customer: Customer,
  count = MESSAGES,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let order = 0; order < count; order++) ids.push(await send(posthorn, customer, { order }));
  return ids;
}

type Status = { readonly status: string; readonly throttledSince: string | null };

async function statusOf(
  { url, token }: Installation,
  { applicationId, endpointIds }: Customer,
): Promise<Status> {
  const path = `app/${applicationId}/endpoint/${endpointIds[0]}/rate-limit-status`;
  const headers = { authorization: `Bearer ${token}` };
  return (await (await fetch(`${url}/api/v1/${path}`, { headers })).json()) as Status;
}

function waitForAll(
  requests: readonly Received[],
  path: string | undefined,
  count = MESSAGES,
): Promise<readonly Received[]> {
  const ask = (): readonly Received[] | undefined => {
    const arrived = requests.filter((one) => path === undefined || one.path === path);
    return arrived.length >= count ? arrived : undefined;
  };
  return waitFor(`${count} requests`, ask, WAIT_MS_MAX);
}

/**
 * Each had its turn, the first at once; and none was held for longer, but for those that missed
 * theirs. Over the whole time: a machine that stands still gets what has waited all at once.
 */
function expectRate(requests: readonly Received[], beganAtMs: number, earlyMs = 0): void {
  const tookMs = (requests.at(-1)?.atMs ?? NaN) - beganAtMs;
  const expectedMs = ((requests.length - 1) * 1_000) / RATE;
  expect(tookMs).toBeGreaterThan(expectedMs - earlyMs - CLOCKS_MS);
  expect(tookMs).toBeLessThan(LATE_FACTOR_MAX * expectedMs);
}

/** The most of them that were sent in the order in which they came, whatever came in between. */
function mostInOrder(requests: readonly Received[], ids: readonly string[]): number {
  const places = requests.map((one) => ids.indexOf(idOf(one)));
  const most: number[] = [];
  for (const [i, place] of places.entries()) {
    const before = most.filter((_, j) => (places[j] ?? Infinity) < place);
    most[i] = 1 + Math.max(0, ...before);
  }
  return Math.max(...most);
}

function idOf({ headers }: Received): string {
  return String(headers["webhook-id"]);
}

async function attemptNumbersOf(
  posthorn: Installation,
  customer: Customer,
  messageId: string,
): Promise<readonly number[]> {
  const attempts = await waitFor("both attempts", async () => {
    const recorded = await attemptsOf(posthorn, customer, messageId);
    return recorded.length >= 2 ? recorded : undefined;
  });
  expect(attempts).toHaveLength(2);
  const deliveries = await posthorn.store.messages.deliveries(messageId);
  return deliveries.map(({ attemptsMade }) => attemptsMade);
}
