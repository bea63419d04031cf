import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTurns, type Turns } from "./turns.ts";

const PROCESS_MAX = 1_000;
const ENDPOINT_MAX = 128;
const FAILING_ENDPOINT_MAX = 32;
const FAILING_MAX = 700;

function takeAll(turns: Turns, endpointId: string): number {
  let taken = 0;
  while (turns.tryTake(endpointId)) taken++;
  return taken;
}

/** Takes every turn that the process has, at endpoints a0, a1, …; returns how many each has. */
function fill(turns: Turns): readonly number[] {
  const taken: number[] = [];
  for (let i = 0; ; i++) {
    const count = takeAll(turns, `a${i}`);
    if (count === 0) return taken;
    taken.push(count);
  }
}

describe("turns", () => {
  it("are bounded for each endpoint, so that others have theirs", () => {
    const turns = createTurns();
    expect(takeAll(turns, "a")).toBe(ENDPOINT_MAX);
    expect(takeAll(turns, "b")).toBe(ENDPOINT_MAX);
    turns.giveBack("a");
    expect(takeAll(turns, "a")).toBe(1);
    expect(takeAll(turns, "b")).toBe(0);
  });

  it("are bounded for the process", () => {
    const turns = createTurns();
    expect(fill(turns).reduce((sum, count) => sum + count, 0)).toBe(PROCESS_MAX);
  });

  it("are fewer for an endpoint that failed last, until it succeeds", () => {
    const turns = createTurns();
    turns.tryTake("a");
    turns.release("a", true);
    expect(takeAll(turns, "a")).toBe(FAILING_ENDPOINT_MAX);
    turns.release("a", false);
    expect(takeAll(turns, "a")).toBe(ENDPOINT_MAX - FAILING_ENDPOINT_MAX + 1);
  });

  it("are left for others, however many endpoints failed last", () => {
    const turns = createTurns();
    const failing = Array.from({ length: 50 }, (_, i) => `failing${i}`);
    for (const endpointId of failing) {
      turns.tryTake(endpointId);
      turns.release(endpointId, true);
    }
    const taken = failing.map((endpointId) => takeAll(turns, endpointId));
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(FAILING_MAX);
    expect(takeAll(turns, "well")).toBe(ENDPOINT_MAX);

    turns.release("failing0", false);
    expect(takeAll(turns, "failing0")).toBe(ENDPOINT_MAX - FAILING_ENDPOINT_MAX + 1);
    expect(takeAll(turns, "failing49")).toBe(FAILING_ENDPOINT_MAX);
  });

  it("do not tell a failure from a turn with which no attempt was made", () => {
    const turns = createTurns();
    turns.tryTake("a");
    turns.release("a", true);
    turns.tryTake("a");
    turns.giveBack("a");
    expect(takeAll(turns, "a")).toBe(FAILING_ENDPOINT_MAX);
  });
});

describe("who waits for a turn", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("gets it in order of asking, before whoever comes later", async () => {
    const turns = createTurns();
    takeAll(turns, "a");
    const order: string[] = [];
    const first = turns.take("a", 1_000).then(() => order.push("first"));
    const second = turns.take("a", 1_000).then(() => order.push("second"));
    turns.release("a", false);
    expect(turns.tryTake("a")).toBe(false);
    turns.release("a", false);
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
  });

  it("goes without one at once where as many wait already as the endpoint has turns", async () => {
    const turns = createTurns();
    takeAll(turns, "a");
    const waiting = Array.from({ length: ENDPOINT_MAX }, () => turns.take("a", 1_000));
    expect(await turns.take("a", 1_000)).toBe(false);
    turns.release("a", false);
    expect(await waiting[0]).toBe(true);
    const last = turns.take("a", 2_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await Promise.all(waiting)).filter((taken) => taken)).toHaveLength(1);
    turns.release("a", false);
    expect(await last).toBe(true);
  });

  it("goes without one when patience ends, and takes none from those that wait on", async () => {
    const turns = createTurns();
    takeAll(turns, "a");
    const hasty = turns.take("a", 1_000);
    const patient = turns.take("a", 10_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await hasty).toBe(false);
    turns.release("a", false);
    expect(await patient).toBe(true);
    expect(turns.tryTake("a")).toBe(false);
  });

  it("gets it from any endpoint where the process was full, each endpoint in its turn", async () => {
    const turns = createTurns();
    fill(turns);
    const served: string[] = [];
    for (const endpointId of ["a0", "b", "b", "c"]) {
      void turns.take(endpointId, 10_000).then(() => served.push(endpointId));
    }
    const endings = ["a1", "a1", "a0", "a2"];
    for (const endpointId of endings) {
      turns.release(endpointId, false);
      await vi.advanceTimersByTimeAsync(0);
    }
    // a0 had all that one endpoint may have until one of its own ended.
    expect(served).toEqual(["b", "c", "a0", "b"]);
    expect(turns.tryTake("d")).toBe(false);
  });

  it("gets the further turns of an endpoint that succeeds again", async () => {
    const turns = createTurns();
    turns.tryTake("a");
    turns.release("a", true);
    takeAll(turns, "a");
    const waiting = [1, 2, 3].map(() => turns.take("a", 1_000));
    turns.release("a", false);
    expect(await Promise.all(waiting)).toEqual([true, true, true]);
  });
});
