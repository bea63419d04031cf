import { expect, test } from "vitest";
import type { Opened } from "./test-database.ts";
import { NOW_MS } from "./fixtures.ts";
import { ALL, aPatient, DAY_MS, disable, taken } from "./health-fixtures.ts";

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

export function lostWatchCases(opened: () => Opened): void {
  test("all whose watch was told that they fail are offered again, the last of them known", async () => {
    const patients = [await aPatient(opened().store), await aPatient(opened().store)];
    const [first, last] = patients;
    if (first === undefined || last === undefined) expect.unreachable();
    const { watches } = first.store;
    for (const [days, patient] of [first, last].entries()) {
      await patient.fails(10);
      const told = await taken(patient);
      if (told === undefined) expect.unreachable();
      // Later than those of other tests.
      await watches.told(told, NOW_MS + (1_000 + days) * DAY_MS);
    }
    expect(await watches.lastWatched(NOW_MS)).toBe(last.endpointId);
    await last.succeeds(20);
    expect(await watches.lastWatched(NOW_MS)).toBe(first.endpointId);
    await last.fails(30);
    expect(await watches.offerWatched(NOW_MS)).toBeGreaterThanOrEqual(1);
    expect(await watches.lastWatched(NOW_MS)).not.toBe(first.endpointId);
    expect(await taken(first)).toMatchObject({ failingSinceMs: NOW_MS + 10 });
  });
}
