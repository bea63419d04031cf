import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createOrderedCustomer, ended, recorded, send } from "./support/api.ts";
import { call } from "./support/call-api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);
const RATE = 10;

describe.each(DATABASES)("an ordered endpoint, on %s,", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    // What fails is not attempted again while a test lasts.
    posthorn = await startInstallation({ database, environment: { RETRY_SCHEDULE: "1h" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("is sent no faster than its rate, in order", async () => {
    await using receiver = await startReceiver();
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const path = `app/${applicationId}/endpoint/${endpointIds[0]}`;
    await call(posthorn, "PATCH", path, { throttleRate: RATE });
    const ids: string[] = [];
    for (let n = 0; n < 2 * RATE; n++) ids.push(await send(posthorn, customer));
    const requests = await receiver.arrived(ids.length);
    expect(requests.map(idOf)).toEqual(ids);
    const times = requests.map(({ atMs }) => atMs);
    const within = times.map((from) => times.filter((ms) => ms >= from && ms < from + 1_000));
    // Those that are late come into the second of those after them.
    expect(Math.max(...within.map(({ length }) => length))).toBeLessThanOrEqual(RATE * 1.5);
  });

  it("recovers with the schedule anew in the order of acceptance, one by one", async () => {
    let isWell = false;
    await using receiver = await startReceiver(() => ({ status: isWell ? 204 : 500 }));
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const path = `app/${applicationId}/endpoint/${endpointIds[0]}`;
    await call(posthorn, "PUT", `${path}/retry-schedule`, { retrySchedule: [] });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await send(posthorn, customer));
    for (const id of ids) expect((await ended(posthorn, id)).state).toBe("exhausted");
    isWell = true;
    const since = new Date(Date.now() - 3_600_000).toISOString();
    await call(posthorn, "POST", `${path}/recover?retry=true`, { since });
    for (const id of ids) {
      await waitFor(`${id} to succeed`, async () => {
        const [delivery] = await posthorn.store.messages.deliveries(id);
        return delivery?.state === "succeeded" || undefined;
      });
    }
    expect(receiver.requests.map(idOf)).toEqual([...ids, ...ids]);
  });

  it("that is disabled gets nothing more, and what comes once it is enabled", async () => {
    let isWell = false;
    await using receiver = await startReceiver(() => ({ status: isWell ? 204 : 500 }));
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const path = `app/${applicationId}/endpoint/${endpointIds[0]}`;
    const first = await send(posthorn, customer);
    await recorded(posthorn, first, 1);
    const second = await send(posthorn, customer);
    await call(posthorn, "PATCH", path, { disabled: true });
    for (const id of [first, second]) {
      const hasEnded = async () => {
        const [delivery] = await posthorn.store.messages.deliveries(id);
        return delivery?.state === "endpoint_disabled" || undefined;
      };
      await waitFor(`the end of ${id}`, hasEnded);
    }
    isWell = true;
    await call(posthorn, "PATCH", path, { disabled: false });
    const third = await send(posthorn, customer);
    expect((await ended(posthorn, third)).state).toBe("succeeded");
    expect(receiver.requests.map(idOf)).toEqual([first, third]);
  });
});

function idOf({ headers }: Received): string {
  return String(headers["svix-id"]);
}
