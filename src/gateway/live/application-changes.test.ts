import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Changes } from "../../store/catalogue-changes.ts";
import { createApplicationLook } from "./application-changes.ts";

const MINUTE_MS = 60_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

it("tells of what came while the store could not be looked at, for however long, and once", async () => {
  const { changes, attempt } = createChanges();
  const look = createApplicationLook(changes);
  attempt("old");
  const { seen } = await look("app", undefined);
  vi.advanceTimersByTime(1_000);
  attempt("new");
  vi.advanceTimersByTime(MINUTE_MS);
  const next = await look("app", seen);
  const told = { kind: "attempt", messageId: "msg_new", endpointId: "ep" };
  expect(next.events).toEqual([told]);
  expect((await look("app", next.seen)).events).toEqual([]);
});

/** A store with attempts alone. */
function createChanges() {
  const made: { readonly name: string; readonly atMs: number }[] = [];
  const changes: Changes = {
    messages: async () => [],
    attempts: async (_applicationId, fromMs) =>
      made
        .filter(({ atMs }) => atMs >= fromMs)
        .map(({ name }) => ({ id: `atmpt_${name}`, messageId: `msg_${name}`, endpointId: "ep" })),
    endpoints: async () => [],
    tasks: async () => [],
  };
  return { changes, attempt: (name: string) => made.push({ name, atMs: Date.now() }) };
}
