import { expect, test } from "vitest";
import { HEALTHY } from "../../domain/endpoint-health.ts";
import type { Opened } from "./test-database.ts";
import { NOW_MS, RAVEN } from "./fixtures.ts";
import {
  ALL,
  aPatient,
  DAY_MS,
  failingSince,
  LIMITS,
  taken,
  waitedSince,
  type Patient,
} from "./health-fixtures.ts";

export function tellCases(opened: () => Opened): void {
  test("a watch is told that its endpoint fails, once, and after a while again", async () => {
    const patient = await aPatient(opened().store);
    expect(await taken(patient)).toBeUndefined();
    await patient.fails(10);
    await patient.fails(20);
    expect(await taken(patient, { ...ALL, sinceMs: NOW_MS + 9 })).toBeUndefined();
    const told = await taken(patient);
    expect(told).toMatchObject({ failingSinceMs: NOW_MS + 10, disabled: false });
    if (told === undefined) return;
    expect(await taken(patient)).toBeUndefined();
    // Nobody was told: whoever had taken it is gone.
    expect(await taken(patient, { ...ALL, sinceMs: told.takenUntilMs })).toBeDefined();

    await patient.store.watches.told(told, NOW_MS + 6 * DAY_MS);
    expect(await taken(patient)).toBeUndefined();
    expect(await taken(patient, { ...ALL, sinceMs: NOW_MS + 6 * DAY_MS })).toBeDefined();
  });

  test("it is told of a success if it had been told of the failure", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(10);
    await patient.succeeds(20);
    expect(await taken(patient)).toBeUndefined();
    await patient.fails(30);
    const told = await taken(patient);
    if (told === undefined) expect.unreachable();
    await patient.store.watches.told(told, NOW_MS + 6 * DAY_MS);
    await patient.succeeds(40);
    expect(await taken(patient)).toMatchObject({ failingSinceMs: null });
  });

  test("what changes while it is told stays to be told", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(10);
    const told = await taken(patient);
    if (told === undefined) expect.unreachable();
    await patient.succeeds(20);
    await patient.store.watches.told(told, null);
    expect(await taken(patient)).toMatchObject({ failingSinceMs: null });
  });

  test("where endpoints may fail for ever, only those that are disabled are to be told", async () => {
    const [failing, disabled] = [await aPatient(opened().store), await aPatient(opened().store)];
    for (const patient of [failing, disabled]) await patient.fails(10);
    await disable(disabled);
    const which = { ...ALL, withFailing: false };
    const ids = (await failing.store.watches.take(NOW_MS, which)).map(({ id }) => id);
    expect(ids).toContain(disabled.endpointId);
    expect(ids).not.toContain(failing.endpointId);
  });

  test("of sweepers at once each endpoint is taken by one, so many at a time", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const patients = await Promise.all(Array.from({ length: 6 }, () => aPatient(store)));
    for (const patient of patients) await patient.fails(10);
    const which = { ...ALL, rowsMax: 4 };
    const rounds = await Promise.all([store, other].map((one) => one.watches.take(NOW_MS, which)));
    const last = await store.watches.take(NOW_MS, which);
    for (const round of rounds) expect(round.length).toBeLessThanOrEqual(4);
    const ids = [...rounds, last].flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(patients.map(({ endpointId }) => endpointId)));
    await other.close();
  });
}

export function judgeCases(opened: () => Opened): void {
  const judge = ({ store, endpointId }: Patient, sinceMs: number | null) =>
    store.watches.judge(endpointId, sinceMs === null ? null : waitedSince(sinceMs), LIMITS);

  test("what failed for too long is disabled, with how often it failed", async () => {
    const patient = await aPatient(opened().store);
    for (const atMs of [10, 20, 30]) await patient.fails(atMs);
    expect(await judge(patient, 10)).toMatchObject({ kind: "disabled", reason: "failing" });
    expect(await patient.endpoint()).toMatchObject({
      disabled: true,
      updatedAtMs: LIMITS.nowMs,
      health: {
        failingSinceMs: NOW_MS + 10,
        disabledReason: "failing",
        disabledAtMs: LIMITS.nowMs,
        failedAttempts: 3,
      },
    });
    expect(await taken(patient)).toBeUndefined();
  });

  test("its watch has to have waited since the first failure, and as long as is allowed", async () => {
    const patient = await aPatient(opened().store);
    for (const atMs of [10, 20]) await patient.fails(atMs);
    const failing = { kind: "failing", ...waitedSince(10) };
    expect(await judge(patient, null)).toEqual(failing);
    expect(await judge(patient, 5)).toEqual(failing);
    const { store, endpointId } = patient;
    const longer = { ...LIMITS, limitMs: LIMITS.limitMs + 1 };
    expect(await store.watches.judge(endpointId, waitedSince(10), longer)).toEqual({
      ...failing,
      limitMs: longer.limitMs,
    });
    expect((await patient.endpoint()).disabled).toBe(false);
  });

  test("with one failed attempt it is not, but with the next, whenever that is", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(10);
    await taken(patient);
    expect(await judge(patient, 10)).toEqual({ kind: "one_more_failure" });
    expect(await taken(patient)).toBeUndefined();
    await patient.fails(20);
    expect(await taken(patient)).toMatchObject({ failingSinceMs: NOW_MS + 10 });
    expect(await judge(patient, null)).toMatchObject({ kind: "disabled", reason: "failing" });
    expect((await patient.health()).failedAttempts).toBe(2);
  });

  test("with one failed attempt and then a success it is healthy, and has its time again", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(10);
    await judge(patient, 10);
    await patient.succeeds(20);
    expect(await judge(patient, null)).toEqual({ kind: "healthy" });
    for (const atMs of [30, 40]) await patient.fails(atMs);
    expect(await judge(patient, null)).toEqual({ kind: "failing", ...waitedSince(30) });
  });

  test("a failure that was noted after a success that came later is put right", async () => {
    const patient = await aPatient(opened().store);
    await patient.succeeds(20);
    await patient.fails(10);
    expect(await judge(patient, 10)).toEqual({ kind: "healthy" });
    expect(await patient.health()).toEqual(HEALTHY);

    await patient.succeeds(60);
    await patient.fails(50);
    for (const atMs of [70, 80]) await patient.fails(atMs);
    expect(await judge(patient, 50)).toEqual({ kind: "failing", ...waitedSince(70) });
    expect(await patient.health()).toEqual(failingSince(70));
  });

  test("where endpoints may fail for ever it is not disabled, and is watched again when not", async () => {
    const patient = await aPatient(opened().store);
    for (const atMs of [10, 20]) await patient.fails(atMs);
    await taken(patient);
    const forever = { nowMs: NOW_MS + 30, limitMs: null };
    const { store, endpointId } = patient;
    const verdict = await store.watches.judge(endpointId, waitedSince(10), forever);
    expect(verdict).toEqual({ kind: "may_fail" });
    expect(await taken(patient)).toMatchObject({ failingSinceMs: NOW_MS + 10 });
  });

  test("what was pending there has ended, but for what is being attempted", async () => {
    const patient = await aPatient(opened().store);
    const { store } = patient;
    const [first, second, third] = [
      await patient.fails(1),
      await patient.fails(2),
      await patient.fails(3),
    ];
    const claimed = { messageId: third, endpointId: patient.endpointId, attemptNumber: 2 };
    const lease = { ...RAVEN, nowMs: LIMITS.nowMs, untilMs: LIMITS.nowMs + 1 };
    expect(await store.claim([claimed], lease)).toMatchObject([{ kind: "claimed" }]);
    expect(await judge(patient, 1)).toEqual({ kind: "disabled", reason: "failing", ended: 2 });
    const states = await Promise.all([first, second, third].map((id) => stateOf(patient, id)));
    expect(states).toEqual(["endpoint_disabled", "endpoint_disabled", "pending"]);
  });

  test("one that its owner disabled, or deleted, is judged as that", async () => {
    const [disabled, deleted] = [await aPatient(opened().store), await aPatient(opened().store)];
    for (const patient of [disabled, deleted]) await patient.fails(10);
    await disable(disabled);
    await deleted.store.endpoints.remove(deleted.endpointId, NOW_MS);
    expect(await judge(disabled, 10)).toEqual({ kind: "disabled", reason: "owner", ended: 1 });
    expect(await judge(deleted, 10)).toEqual({ kind: "deleted" });
    for (const patient of [disabled, deleted]) expect(await taken(patient)).toBeUndefined();
  });
}

async function disable({ store, endpointId }: Patient): Promise<void> {
  await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: true }));
}

async function stateOf({ store }: Patient, messageId: string): Promise<string | undefined> {
  const [delivery] = await store.messages.deliveries(messageId);
  return delivery?.state;
}
