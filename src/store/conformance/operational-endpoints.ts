import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Store } from "../store.ts";
import { aRecord, createEndpoint, NOW_MS, RAVEN } from "./fixtures.ts";
import { LIMITS } from "./health-fixtures.ts";
import { byHand, claimManual } from "./manual-fixtures.ts";
import { acceptFor, aToldCustomer, toldTo } from "./operational-fixtures.ts";
import type { Opened } from "./test-database.ts";

const CHANGED = "endpoint.updated";
const FAILED_AT_MS = NOW_MS + 5;
const GONE = { statusCode: 410, endedAtMs: NOW_MS + 9 } as const;

export function toldOfEndpointCases(opened: () => Opened): void {
  test("an endpoint's life is told, whatever of it its owner changes", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store);
    const { endpoints, endpointSchedules } = store;
    const { id } = await createEndpoint(store, customer, { uid: "the-endpoint" });
    await endpoints.change(id, (found) => ({ ...found, description: "letters" }));
    await endpoints.changeHeaders(id, () => ({ "x-a": "b" }), NOW_MS);
    await endpoints.changeSecrets(id, () => [], NOW_MS);
    await endpointSchedules.change(id, [1], NOW_MS);
    await endpoints.remove(id, NOW_MS);
    const told = await toldTo(store, customer.organizationId);
    const changes = [CHANGED, CHANGED, CHANGED, CHANGED];
    expect(told.map(({ type }) => type)).toEqual([
      "endpoint.created",
      ...changes,
      "endpoint.deleted",
    ]);
    const { id: applicationId, uid: applicationUid } = customer;
    const facts = { applicationId, applicationUid, endpointId: id, endpointUid: "the-endpoint" };
    expect(told.map((one) => one.facts)).toEqual(told.map(() => facts));
  });

  test("that its owner disables and enables it is told besides", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store);
    const { id } = await createEndpoint(store, customer, { disabled: true });
    for (const disabled of [false, true, true]) {
      await store.endpoints.change(id, (found) => ({ ...found, disabled }));
    }
    const told = await toldTo(store, customer.organizationId);
    const types = told.map(({ type }) => type);
    expect(types.filter((type) => type !== CHANGED)).toEqual([
      "endpoint.created",
      "endpoint.enabled",
      "endpoint.disabled",
    ]);
    expect(types).toHaveLength(6);
    const disabled = told.find(({ type }) => type === "endpoint.disabled");
    expect(disabled?.facts).toMatchObject({ reason: "owner", failingSinceMs: null });
  });
}

export function toldOfDisablingCases(opened: () => Opened): void {
  const disablings: readonly [
    string,
    string,
    (store: Store, attempts: readonly AttemptToMake[]) => Promise<void>,
  ][] = [
    ["by 410", "gone", disableAsGone],
    ["by 410 to an attempt by hand", "gone", disableByHand],
    ["for failing", "failing", disableAsFailing],
  ];
  test.each(disablings)(
    "that it is disabled %s is told once, and why",
    async (_, reason, disable) => {
      const { store } = opened();
      const customer = await aToldCustomer(store, [CHANGED, "endpoint.disabled"]);
      await createEndpoint(store, customer);
      const attempts = [await acceptFor(store, customer), await acceptFor(store, customer)];
      for (const attempt of attempts) {
        const failed = { endedAtMs: FAILED_AT_MS, id: newId("atmpt", FAILED_AT_MS) };
        await store.record(aRecord(attempt, failed));
      }
      await disable(store, attempts);
      expect(await toldTo(store, customer.organizationId)).toMatchObject([
        { type: "endpoint.disabled", facts: { reason, failingSinceMs: FAILED_AT_MS } },
      ]);
    },
  );

  test("that its application is deleted is told of each that is left", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ["endpoint.deleted"]);
    const [{ id: first }, { id: second }, { id: third }] = [
      await createEndpoint(store, customer),
      await createEndpoint(store, customer),
      await createEndpoint(store, customer),
    ];
    await store.endpoints.remove(second, NOW_MS);
    await store.applications.remove(customer.id, NOW_MS);
    const told = await toldTo(store, customer.organizationId);
    const ids = told.map(({ facts }) => ("endpointId" in facts ? String(facts.endpointId) : ""));
    expect(ids.toSorted()).toEqual([first, second, third].toSorted());
  });
}

async function disableAsGone(store: Store, attempts: readonly AttemptToMake[]): Promise<void> {
  const records = attempts.map((attempt) =>
    aRecord({ ...attempt, attemptNumber: 2 }, { ...GONE, state: "endpoint_gone" }),
  );
  await Promise.all(records.map(async (record) => store.record(record)));
}

async function disableByHand(store: Store, [one]: readonly AttemptToMake[]): Promise<void> {
  if (one === undefined) throw new Error("no attempt");
  const made = await claimManual(store, one, RAVEN);
  if (made.kind !== "claimed") throw new Error(made.kind);
  await store.recordManual({ ...byHand(made.attempt, GONE), endpointIsGone: true });
}

async function disableAsFailing(store: Store, [one]: readonly AttemptToMake[]): Promise<void> {
  const waited = { failingSinceMs: FAILED_AT_MS, limitMs: LIMITS.limitMs };
  await store.watches.judge(one?.endpointId ?? "", waited, LIMITS);
}
