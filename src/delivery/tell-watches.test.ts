import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { aRecord, acceptOne, aSuccess } from "../store/conformance/fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { startTellingWatches, type WatchDispatcher } from "./tell-watches.ts";

/** On a machine that does much else. */
const SOON = { timeout: 20_000 };

const DAY_MS = 86_400_000;
const logger = pino({ level: "silent" });
const ANY = { rowsMax: 100, withFailing: true };

async function withStore(test: (store: Store) => Promise<void>): Promise<void> {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  await test(store);
  await store.close();
}

/** One whose first attempt failed so long ago. */
async function failing(store: Store, agoMs: number) {
  const { attempt } = await acceptOne(store);
  await store.record(aRecord(attempt, { endedAtMs: Date.now() - agoMs }));
  return attempt;
}

function start(store: Store, dispatcher: WatchDispatcher, disableAfterMs: number | null = DAY_MS) {
  return startTellingWatches({ store, dispatcher, disableAfterMs, logger, intervalMs: 5 });
}

it("starts the watch of what has failed for a while, once, and tells it of a success", () =>
  withStore(async (store) => {
    const attempt = await failing(store, 60_000);
    // For no while at all, however long the test takes.
    await failing(store, -DAY_MS);
    const told: string[] = [];
    const teller = start(store, { watchEndpoint: async (id) => void told.push(id) });
    await vi.waitFor(() => expect(told).toHaveLength(1), SOON);
    await store.record(
      aSuccess({ ...attempt, attemptNumber: 2 }, { endedAtMs: Date.now() - 5_000 }),
    );
    await vi.waitFor(() => expect(told).toHaveLength(2), SOON);
    await teller.stop();
    expect(told).toEqual([attempt.endpointId, attempt.endpointId]);
  }));

it("starts the others, and that one later, when Temporal is back", () =>
  withStore(async (store) => {
    const attempts = [await failing(store, 60_000), await failing(store, 60_000)];
    vi.useFakeTimers({ toFake: ["Date"] });
    const told = new Set<string>();
    let isAway = true;
    const teller = start(store, {
      async watchEndpoint(id) {
        if (isAway) throw new Error("Temporal is away");
        told.add(id);
      },
    });
    await vi.waitFor(
      async () =>
        expect(await store.watches.take(Date.now(), { ...ANY, sinceMs: Date.now() })).toEqual([]),
      SOON,
    );
    isAway = false;
    vi.setSystemTime(Date.now() + 60_000);
    await vi.waitFor(() => expect(told.size).toBe(attempts.length), SOON);
    await teller.stop();
    vi.useRealTimers();
  }));

it("starts none where endpoints may fail for ever, but sees to those that are disabled", () =>
  withStore(async (store) => {
    await failing(store, 60_000);
    const { endpointId } = await failing(store, 60_000);
    await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: true }));
    const told: string[] = [];
    const teller = start(store, { watchEndpoint: async (id) => void told.push(id) }, null);
    await vi.waitFor(() => expect(told).toEqual([endpointId]), SOON);
    await teller.stop();
  }));

it("looks ever less often while there is nothing to tell, and at once again when there was", () =>
  withStore(async (store) => {
    const looksAtMs: number[] = [];
    const take: Store["watches"]["take"] = async (...asked) => {
      looksAtMs.push(performance.now());
      return store.watches.take(...asked);
    };
    const counting = { watches: { ...store.watches, take } };
    const limitMs = 200;
    const told: string[] = [];
    const teller = startTellingWatches({
      store: counting,
      dispatcher: { watchEndpoint: async (id) => void told.push(id) },
      disableAfterMs: limitMs,
      logger,
      intervalMs: 20,
    });
    const gaps = () => looksAtMs.slice(1).map((atMs, i) => atMs - (looksAtMs[i] ?? NaN));
    await vi.waitFor(() => expect(looksAtMs.length).toBeGreaterThan(6), SOON);
    expect(Math.min(...gaps().slice(4))).toBeGreaterThanOrEqual(limitMs - 5);

    const before = looksAtMs.length;
    // As often as it takes: a machine that stands still makes a gap longer, and none shorter.
    await vi.waitFor(async () => {
      await failing(store, 60_000);
      expect(told).not.toEqual([]);
      expect(Math.min(...gaps().slice(before))).toBeLessThan(limitMs / 2);
    }, SOON);
    await teller.stop();
  }));
