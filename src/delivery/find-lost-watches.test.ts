import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { aRecord, acceptOne, aSuccess } from "../store/conformance/fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { startFindingLostWatches } from "./find-lost-watches.ts";

/** On a machine that does much else. */
const SOON = { timeout: 20_000 };

const DAY_MS = 86_400_000;
const logger = pino({ level: "silent" });

/** An endpoint that fails, whose watch was told; it should end so late. */
async function watched(store: Store, endsInMs: number) {
  const { attempt } = await acceptOne(store);
  const nowMs = Date.now();
  await store.record(aRecord(attempt, { endedAtMs: nowMs - 60_000 }));
  const [endpoint] = await taken(store);
  if (endpoint === undefined) throw new Error("nothing to tell");
  await store.watches.told(endpoint, nowMs + endsInMs);
  return attempt;
}

function taken(store: Store) {
  const nowMs = Date.now();
  return store.watches.take(nowMs, { sinceMs: nowMs, rowsMax: 100, withFailing: true });
}

async function withStore(test: (store: Store) => Promise<void>): Promise<void> {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  await test(store);
  await store.close();
}

function start(store: Store, isWatched: (endpointId: string) => Promise<boolean>) {
  return startFindingLostWatches({ store, dispatcher: { isWatched }, logger, intervalMs: 5 });
}

it("offers all that fail again where the last one's watch is not there", () =>
  withStore(async (store) => {
    const [first, last] = [await watched(store, DAY_MS), await watched(store, 2 * DAY_MS)];
    const asked: string[] = [];
    const finding = start(store, async (id) => {
      asked.push(id);
      return false;
    });
    const offered = await vi.waitFor(async () => {
      const rows = await taken(store);
      expect(rows).not.toEqual([]);
      return rows;
    }, SOON);
    await finding.stop();
    expect(new Set(asked)).toEqual(new Set([last.endpointId]));
    const ids = offered.map(({ id }) => id).toSorted();
    expect(ids).toEqual([first.endpointId, last.endpointId].toSorted());
  }));

it("offers none where it is there, or where nobody knows", () =>
  withStore(async (store) => {
    await watched(store, DAY_MS);
    let looks = 0;
    const finding = start(store, async () => {
      looks++;
      if (looks === 2) throw new Error("Temporal is away");
      return true;
    });
    await vi.waitFor(() => expect(looks).toBeGreaterThan(3), SOON);
    await finding.stop();
    expect(await taken(store)).toEqual([]);
  }));

it("offers none where the watch has ended while it was looked for", () =>
  withStore(async (store) => {
    const attempt = await watched(store, DAY_MS);
    let looks = 0;
    const finding = start(store, async () => {
      looks++;
      await store.record(aSuccess({ ...attempt, attemptNumber: 2 }, { endedAtMs: Date.now() }));
      return false;
    });
    await vi.waitFor(() => expect(looks).toBe(1), SOON);
    await finding.stop();
    expect(await taken(store)).toMatchObject([{ failingSinceMs: null }]);
  }));
