import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import type { Application } from "../domain/records.ts";
import { anEventType, createApplication, createEndpoint } from "../store/conformance/fixtures.ts";
import { createOwnEndpoint } from "../store/conformance/operational-fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { createAccept } from "./accept.ts";
import { createMetrics } from "./metrics.ts";
import { startTellingOrganizations, type TellOrganizationsDeps } from "./tell-organizations.ts";

/** On a machine that does much else. */
const SOON = { timeout: 20_000 };

const logger = pino({ level: "silent" });
const TAKEN_MS = 30_000;

function openStore(): () => Store {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-telling-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "store.sqlite");
  return () => {
    const store = createSqliteStore({ file, sealer: createSealer(["k"]) });
    onTestFinished(() => store.close());
    return store;
  };
}

/** A customer with so many endpoints, of which its organization is to be told. */
async function aCustomerToTellOf(store: Store, endpoints: number): Promise<Application> {
  const customer = await createApplication(store, { uid: "the-customer" });
  await createOwnEndpoint(store, customer.organizationId);
  for (let i = 0; i < endpoints; i++) await createEndpoint(store, customer);
  return customer;
}

function acceptTo(store: Store): TellOrganizationsDeps["accept"] {
  const workflowStarts = {
    add: async () => undefined,
    restart: async () => undefined,
    drain: async () => undefined,
  };
  return createAccept({
    store,
    workflowStarts,
    metrics: createMetrics(),
    firstAttempts: null,
    tellLine: () => undefined,
  });
}

function start(store: Store, changes: Partial<TellOrganizationsDeps> = {}) {
  return startTellingOrganizations({
    store,
    accept: acceptTo(store),
    logger,
    intervalMs: 5,
    ...changes,
  });
}

/** The messages that were accepted for the organization, oldest first. */
async function told(store: Store, { organizationId }: Application) {
  const own = await store.applications.findOperational(organizationId);
  const page = { limit: 250, order: "ascending", withPayload: true } as const;
  const { rows } = await store.messages.list(own?.id ?? "", page);
  return rows.map(({ eventType, payload }) => ({
    eventType,
    payload: JSON.parse(Buffer.from(payload ?? []).toString()) as unknown,
  }));
}

async function nothingIsLeft(store: Store): Promise<void> {
  await vi.waitFor(
    async () =>
      expect(await store.operationalEvents.take(Number.MAX_SAFE_INTEGER, 0, 1)).toEqual([]),
    SOON,
  );
}

it("sends each as a message to the organization's own endpoints, and forgets it", async () => {
  const store = openStore()();
  const customer = await aCustomerToTellOf(store, 0);
  const { id } = await createEndpoint(store, customer, { uid: "the-endpoint" });
  const telling = start(store);
  await vi.waitFor(async () => expect(await told(store, customer)).toHaveLength(1), SOON);
  await nothingIsLeft(store);
  await telling.stop();
  expect(await told(store, customer)).toEqual([
    {
      eventType: "endpoint.created",
      payload: {
        type: "endpoint.created",
        data: {
          appId: customer.id,
          appUid: "the-customer",
          endpointId: id,
          endpointUid: "the-endpoint",
        },
      },
    },
  ]);
});

it("sends all there is, and of processes that do so at once each sends its own", async () => {
  const open = openStore();
  const [store, other] = [open(), open()];
  const customer = await aCustomerToTellOf(store, 120);
  const accepted = [0, 0];
  const counting = (which: number, accept: TellOrganizationsDeps["accept"]) =>
    start(which === 0 ? store : other, {
      accept: async (message) => {
        accepted[which] = (accepted[which] ?? 0) + 1;
        return accept(message);
      },
    });
  const tellings = [counting(0, acceptTo(store)), counting(1, acceptTo(other))];
  await vi.waitFor(async () => expect(await told(store, customer)).toHaveLength(120), SOON);
  // Before it is looked at what is left, which takes from them what they have not forgotten yet.
  await Promise.all(tellings.map(async (telling) => telling.stop()));
  await nothingIsLeft(store);
  expect((accepted[0] ?? 0) + (accepted[1] ?? 0)).toBe(120);
  expect(await told(store, customer)).toHaveLength(120);
});

it.each(["before it is accepted", "after it is accepted, before it is forgotten"])(
  "what a process that died %s left behind is sent once, by another",
  async (when) => {
    const open = openStore();
    const dying = open();
    const customer = await aCustomerToTellOf(dying, 3);
    const isAccepted = when.startsWith("after");
    const reached = vi.fn<() => void>();
    // It stops there, and is never heard of again.
    const died = new Promise<never>(() => undefined);
    void start(dying, {
      accept: async (message) => {
        if (isAccepted) await acceptTo(dying)(message);
        reached();
        return died;
      },
    });
    await vi.waitFor(() => expect(reached).toHaveBeenCalledTimes(3), SOON);

    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const store = open();
    const telling = start(store);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await told(store, customer)).toHaveLength(isAccepted ? 3 : 0);
    vi.setSystemTime(Date.now() + TAKEN_MS + 1);
    await vi.waitFor(async () => expect(await told(store, customer)).toHaveLength(3), SOON);
    await nothingIsLeft(store);
    await telling.stop();
    expect(await told(store, customer)).toHaveLength(3);
  },
);

it("sends the others when one cannot be accepted, and that one when it can", async () => {
  const store = openStore()();
  const [one, other] = [await aCustomerToTellOf(store, 1), await aCustomerToTellOf(store, 1)];
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  let isAway = true;
  const telling = start(store, {
    accept: async (message) => {
      if (isAway && message.organizationId === one.organizationId) throw new Error("away");
      return acceptTo(store)(message);
    },
  });
  await vi.waitFor(async () => expect(await told(store, other)).toHaveLength(1), SOON);
  expect(await told(store, one)).toEqual([]);
  isAway = false;
  vi.setSystemTime(Date.now() + TAKEN_MS + 1);
  await vi.waitFor(async () => expect(await told(store, one)).toHaveLength(1), SOON);
  await telling.stop();
});

it("forgets what the organization does not want to know: an event type that it archived", async () => {
  const store = openStore()();
  const customer = await aCustomerToTellOf(store, 0);
  const archived = anEventType(customer.organizationId, {
    name: "endpoint.created",
    archived: true,
  });
  await store.eventTypes.create(archived);
  await createEndpoint(store, customer);
  const telling = start(store);
  await nothingIsLeft(store);
  await telling.stop();
  expect(await told(store, customer)).toEqual([]);
});
