import { describe, expect, it } from "vitest";
import { attemptsOf, createCustomer, deliveryOf, send, type Customer } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

const MESSAGES = 200;
const RATE = 20;
/** For the last of them: a busy machine, and what missed its time and had to take another. */
const LATE_MS_MAX = 5_000;
/** Out of order by at most so many places. */
const PLACES_MAX = RATE;
const PROMPT_MS_MAX = 3_000;
/** Of a second, what is lost to rounding. */
const CLOCKS_MS = 100;
const WAIT_MS_MAX = 60_000;

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
    const sentAtMs = Date.now();
    const limited = await statusOf(posthorn, customer);
    expect(limited.status).toBe("RateLimited");
    expect(Date.parse(limited.throttledSince ?? "")).toBeGreaterThanOrEqual(beganAtMs);
    expect(Date.parse(limited.throttledSince ?? "")).toBeLessThanOrEqual(Date.now());

    const free = await waitForAll(receiver.requests, "/free");
    expect((free.at(-1)?.atMs ?? NaN) - sentAtMs).toBeLessThan(PROMPT_MS_MAX);

    const held = await waitForAll(receiver.requests, "/held");
    const tookMs = (held.at(-1)?.atMs ?? NaN) - (held[0]?.atMs ?? NaN);
    const expectedMs = ((MESSAGES - 1) * 1_000) / RATE;
    expect(tookMs).toBeGreaterThan(expectedMs - 1_000);
    expect(tookMs).toBeLessThan(expectedMs + LATE_MS_MAX);
    expect(mostInOneSecond(held)).toBeLessThanOrEqual(2 * RATE);
    expect(placesOff(held, ids)).toBeLessThanOrEqual(PLACES_MAX);

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
  const messages = 60;
  await sendMany(posthorn, customer, messages);
  const all = await waitForAll(receiver.requests, undefined, 2 * messages);
  const tookMs = (all.at(-1)?.atMs ?? NaN) - (all[0]?.atMs ?? NaN);
  const expectedMs = (2 * messages * 1_000) / RATE;
  expect(tookMs).toBeGreaterThan(expectedMs - 1_000);
  expect(tookMs).toBeLessThan(expectedMs + LATE_MS_MAX);
  expect(mostInOneSecond(all)).toBeLessThanOrEqual(2 * RATE);
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
  await receiver.arrived(2);
  await posthorn.svix.messageAttempt.resend(customer.applicationId, first, endpointId);
  await receiver.arrived(3);
  await send(posthorn, customer);
  const times = (await receiver.arrived(4)).map(({ atMs }) => atMs);
  const [, retryMs = 0, byHandMs = 0, lastMs = 0] = times.map((ms) => ms - beganAtMs);
  expect(retryMs).toBeGreaterThan(1_000 - CLOCKS_MS);
  expect(byHandMs - retryMs).toBeLessThan(1_000);
  expect(lastMs).toBeGreaterThan(3_000 - CLOCKS_MS);
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

function mostInOneSecond(requests: readonly Received[]): number {
  const times = requests.map(({ atMs }) => atMs);
  return Math.max(
    ...times.map((from) => times.filter((ms) => ms >= from && ms < from + 1_000).length),
  );
}

/** How far the one that is furthest from its place is from it. */
function placesOff(requests: readonly Received[], ids: readonly string[]): number {
  return Math.max(
    ...requests.map(({ headers }, i) => Math.abs(ids.indexOf(String(headers["webhook-id"])) - i)),
  );
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
