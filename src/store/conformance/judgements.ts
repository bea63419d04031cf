import { expect, test } from "vitest";
import { HEALTHY, type Verdict } from "../../domain/endpoint-health.ts";
import type { Opened } from "./test-database.ts";
import { NOW_MS, RAVEN } from "./fixtures.ts";
import {
  aPatient,
  disable,
  failingSince,
  LIMITS,
  taken,
  waitedSince,
  type Patient,
} from "./health-fixtures.ts";

export function judgeCases(opened: () => Opened): void {
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
}

export function otherJudgeCases(opened: () => Opened): void {
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

  test("a success saves it though others of the same moment came earlier, and ids do not say so", async () => {
    const patient = await aPatient(opened().store);
    for (const atMs of [20, 20, 20, 20, 20, 21]) await patient.succeeds(atMs);
    await patient.fails(21);
    expect(await judge(patient, 21)).toEqual({ kind: "healthy" });
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

async function judge({ store, endpointId }: Patient, sinceMs: number | null): Promise<Verdict> {
  const waited = sinceMs === null ? null : waitedSince(sinceMs);
  return store.watches.judge(endpointId, waited, LIMITS);
}

async function stateOf({ store }: Patient, messageId: string): Promise<string | undefined> {
  const [delivery] = await store.messages.deliveries(messageId);
  return delivery?.state;
}
