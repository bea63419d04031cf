import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { aRecord, acceptOne, aSuccess } from "../store/conformance/fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { startTellingWatches, type WatchDispatcher } from "./tell-watches.ts";

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
    await failing(store, 0);
    const told: string[] = [];
    const teller = start(store, { watchEndpoint: async (id) => void told.push(id) });
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await store.record(
      aSuccess({ ...attempt, attemptNumber: 2 }, { endedAtMs: Date.now() - 5_000 }),
    );
    await vi.waitFor(() => expect(told).toHaveLength(2));
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
    await vi.waitFor(async () =>
      expect(await store.watches.take(Date.now(), { ...ANY, sinceMs: Date.now() })).toEqual([]),
    );
    isAway = false;
    vi.setSystemTime(Date.now() + 60_000);
    await vi.waitFor(() => expect(told.size).toBe(attempts.length));
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
    await vi.waitFor(() => expect(told).toEqual([endpointId]));
    await teller.stop();
  }));
