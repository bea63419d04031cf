import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Store } from "../store.ts";
import {
  aMessage,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";
import { byHand, claimManual } from "./manual-fixtures.ts";
import type { Opened } from "./test-database.ts";

export function manualRaceCases(opened: () => Opened): void {
  test("of two that ask for the same attempts, each is one's, also where there was no delivery", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const attempts = await acceptMany(store, 50);
    const [byRaven, byOwl] = await Promise.all([
      Promise.all(attempts.map(async (one) => claimManual(store, one, RAVEN))),
      Promise.all(attempts.map(async (one) => claimManual(other, one, OWL))),
    ]);
    const kinds = byRaven.map((one, i) => new Set([one.kind, byOwl[i]?.kind]));
    expect(kinds).toEqual(attempts.map(() => new Set(["busy", "claimed"])));
    await other.close();
  });

  test("the schedule and a hand do not attempt at once", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const attempts = (await acceptMany(store, 100)).filter((_one, i) => i % 2 === 0);
    const [byHand, scheduled] = await Promise.all([
      Promise.all(attempts.map(async (one) => claimManual(store, one, RAVEN))),
      Promise.all(attempts.map(async (one) => (await other.claim([one], OWL))[0])),
    ]);
    const kinds = byHand.map((one, i) => new Set([one.kind, scheduled[i]?.kind]));
    expect(kinds).toEqual(attempts.map(() => new Set(["busy", "claimed"])));
    await other.close();
  });

  test("whoever waited for an attempt sees that it was made", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const attempts = await acceptMany(store, 100);
    const since = { unlessAttemptedFrom: newId("atmpt", NOW_MS - 100) };
    await Promise.all(attempts.map(async (one) => claimManual(store, one, RAVEN, since)));
    const [kinds] = await Promise.all([
      Promise.all(attempts.map(async (one) => (await claimManual(other, one, OWL, since)).kind)),
      Promise.all(attempts.map(async (one) => store.recordManual(byHand(one)))),
    ]);
    expect(kinds.filter((kind) => kind === "claimed")).toEqual([]);
    await other.close();
  });
}

/** Each at one endpoint that had it, and at one that never had. */
async function acceptMany(store: Store, count: number): Promise<readonly AttemptToMake[]> {
  const application = await createApplication(store);
  await createEndpoint(store, application);
  const messages = Array.from({ length: count }, () => aMessage(application));
  const results = await Promise.all(messages.map(async (one) => store.accept(one)));
  const later = await createEndpoint(store, application);
  return results.flatMap(attemptsOf).flatMap((one) => [one, { ...one, endpointId: later.id }]);
}
