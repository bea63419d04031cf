import { expect, test } from "vitest";
import { HEALTHY } from "../../domain/endpoint-health.ts";
import { newId } from "../new-id.ts";
import type { Opened } from "./test-database.ts";
import { acceptOne, aMessage, aRecord, aSuccess, attemptsOf, NOW_MS } from "./fixtures.ts";
import { aPatient, failingSince } from "./health-fixtures.ts";
import { byHand } from "./manual-fixtures.ts";

export function healthCases(opened: () => Opened): void {
  test("an endpoint fails since its first failed attempt, until one succeeds", async () => {
    const patient = await aPatient(opened().store);
    await patient.succeeds(1);
    expect(await patient.health()).toEqual(HEALTHY);
    await patient.fails(10);
    await patient.fails(20);
    expect(await patient.health()).toEqual(failingSince(10));
    await patient.succeeds(30);
    expect(await patient.health()).toEqual(HEALTHY);
    await patient.fails(40);
    expect(await patient.health()).toEqual(failingSince(40));
    expect((await patient.endpoint()).updatedAtMs).toBe(NOW_MS);
  });

  test("a success that ended before the first failure, and is recorded after it, heals nothing", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(20);
    await patient.succeeds(19);
    expect(await patient.health()).toEqual(failingSince(20));
  });

  test("of failures that meet the first is the one that ended first", async () => {
    const patient = await aPatient(opened().store);
    await patient.fails(20);
    await patient.fails(10);
    expect(await patient.health()).toEqual(failingSince(10));
  });

  test("what comes together counts by when it ended", async () => {
    const { store } = opened();
    const { application, endpoint } = await acceptOne(store);
    const accepted = Array.from({ length: 5 }, () => store.accept(aMessage(application)));
    const attempts = (await Promise.all(accepted)).flatMap(attemptsOf);
    const ends = [10, 40, 20, 50, 30].map((ms) => NOW_MS + ms);
    const records = attempts.map((attempt, i) => {
      const endedAtMs = ends[i] ?? 0;
      const changes = { id: newId("atmpt", endedAtMs), endedAtMs };
      return endedAtMs === NOW_MS + 30 ? aSuccess(attempt, changes) : aRecord(attempt, changes);
    });
    // SQLite keeps them one after another, whenever they ended; a watch puts that right.
    const inOrder = records.sort((a, b) => a.attempt.endedAtMs - b.attempt.endedAtMs);
    await Promise.all(inOrder.map((record) => store.record(record)));
    const found = await store.endpoints.find(application.id, endpoint.id);
    expect(found?.health).toEqual(failingSince(40));
  });

  test("an attempt by hand heals, but its failure is not counted", async () => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    const health = async () => (await store.endpoints.find(application.id, endpoint.id))?.health;
    await store.recordManual(byHand(attempt));
    expect(await health()).toEqual(HEALTHY);
    await store.record(aRecord(attempt));
    const succeeded = { succeeded: true, statusCode: 204, endedAtMs: NOW_MS + 5 };
    await store.recordManual(byHand(attempt, succeeded));
    expect(await health()).toEqual(HEALTHY);
  });

  test("410 disables at once, and says so", async () => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    const gone = { statusCode: 410, state: "endpoint_gone", endedAtMs: NOW_MS + 7 } as const;
    await store.record(aRecord(attempt, gone));
    const found = await store.endpoints.find(application.id, endpoint.id);
    const health = { disabledReason: "gone", disabledAtMs: NOW_MS + 7, failedAttempts: null };
    expect(found).toMatchObject({ disabled: true, health });
  });
}

export function switchCases(opened: () => Opened): void {
  test("whoever disables an endpoint is its owner, and enabling it starts afresh", async () => {
    const { store, endpointId, ...patient } = await aPatient(opened().store);
    await patient.fails(10);
    await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: true }));
    const owner = { disabledReason: "owner", disabledAtMs: NOW_MS } as const;
    expect(await patient.health()).toEqual({ ...failingSince(10), ...owner });
    await store.endpoints.change(endpointId, (found) => ({ ...found, description: "closed" }));
    expect(await patient.health()).toEqual({ ...failingSince(10), ...owner });
    await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: false }));
    expect(await patient.health()).toEqual(HEALTHY);
    await patient.fails(20);
    expect(await patient.health()).toEqual(failingSince(20));
  });

  test("other changes leave it, also one that began before an attempt failed", async () => {
    const { store, endpointId, ...patient } = await aPatient(opened().store);
    const before = await patient.endpoint();
    await patient.fails(10);
    const url = "https://receiver.example/elsewhere";
    await store.endpoints.change(endpointId, () => ({ ...before, url }));
    expect(await patient.endpoint()).toMatchObject({ url, health: failingSince(10) });
  });
}
