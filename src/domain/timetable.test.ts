import { describe, expect, it } from "vitest";
import { Timetable, type Booking } from "./timetable.ts";

const NOW_MS = 1_790_000_000_250;
const NEXT_SECOND_MS = 1_790_000_001_000;

function at(endpointId: string, endpoint: number | null, application: number | null): Booking {
  return { endpointId, applicationId: "app", rates: { endpoint, application } };
}

/** From now on, in milliseconds. */
function book(count: number, booking: Booking, timetable = fresh()): readonly number[] {
  return Array.from({ length: count }, () => timetable.book(booking) - NOW_MS);
}

function fresh(nowMs = NOW_MS): Timetable {
  return new Timetable([], () => 0, nowMs);
}

/** As another process finds it later. */
function later(timetable: Timetable, nowMs: number): Timetable {
  const seconds = timetable.changedSeconds();
  const bookedBefore = (key: string, second: number): number =>
    seconds.find((one) => one.key === key && one.second === second)?.booked ?? 0;
  return new Timetable(timetable.paces(), bookedBefore, nowMs);
}

function mostInOneSecond(times: readonly number[]): number {
  const within = times.map((from) => times.filter((ms) => ms >= from && ms < from + 1_000).length);
  return Math.max(...within);
}

describe("an endpoint's timetable", () => {
  it("sends the first at once, and the others evenly", () => {
    expect(book(4, at("ep", 20, null))).toEqual([0, 50, 100, 150]);
  });

  it.each([1, 3, 7, 250])("sends %i a second over a minute, neither more nor less", (rate) => {
    const times = book(60 * rate, at("ep", rate, null));
    const seconds = Map.groupBy(times, (ms) => Math.floor(ms / 1_000));
    const counts = [...seconds.values()].map(({ length }) => length);
    expect(counts).toEqual(Array.from({ length: 60 }, () => rate));
    // Also of any other second.
    const apart = times.slice(rate).map((ms, i) => ms - (times[i] ?? NaN));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(1_000);
  });

  it("gives those that come later the next times, also by another process", () => {
    const timetable = fresh();
    book(10, at("ep", 10, null), timetable);
    const others = later(timetable, NOW_MS + 500);
    expect(book(2, at("ep", 10, null), others)).toEqual([1_000, 1_100]);
    const idle = later(others, NOW_MS + 5_000);
    expect(book(2, at("ep", 10, null), idle)).toEqual([5_000, 5_100]);
  });

  it("holds up nobody else", () => {
    const timetable = fresh();
    book(100, at("ep", 1, null), timetable);
    expect(book(2, at("other", 1, null), timetable)).toEqual([0, 1_000]);
  });

  it("changes its pace with its rate, from where it was", () => {
    const timetable = fresh();
    book(2, at("ep", 1, null), timetable);
    expect(book(2, at("ep", 4, null), timetable)).toEqual([2_000, 2_250]);
    expect(book(2, at("ep", null, null), timetable)).toEqual([0, 0]);
  });
});

describe("an application's timetable", () => {
  it("is shared by its endpoints", () => {
    const timetable = fresh();
    const times = ["a", "b", "a", "b"].map((id) => timetable.book(at(id, null, 4)));
    expect(times.map((ms) => ms - NOW_MS)).toEqual([0, 250, 500, 750]);
  });

  it("goes on where it was, also by another process", () => {
    const timetable = fresh();
    book(25, at("ep", null, 10), timetable);
    const others = later(timetable, NOW_MS + 400);
    expect(others.book(at("ep", null, 10)) - NOW_MS).toBe(2_450);
  });

  it("sends a lone message at once, wherever in a second", () => {
    for (const ms of [0, 1, 333, 999]) {
      const nowMs = NEXT_SECOND_MS + ms;
      expect(fresh(nowMs).book(at("ep", null, 3))).toBe(nowMs);
    }
  });

  it("is not held up by an endpoint that is slower", () => {
    const timetable = fresh();
    const slow = book(30, at("slow", 1, 10), timetable);
    expect(slow).toEqual(Array.from({ length: 30 }, (_none, i) => i * 1_000));
    const fast = book(90, at("fast", null, 10), timetable);
    expect(Math.max(...fast)).toBeLessThan(11_000);
    const all = [...slow, ...fast].map((ms) => Math.floor((NOW_MS + ms) / 1_000));
    const counts = [...Map.groupBy(all, (second) => second).values()].map(({ length }) => length);
    expect(Math.max(...counts)).toBe(10);
  });

  it("holds an endpoint to its own rate also where the application is the one that is late", () => {
    const timetable = fresh();
    book(100, at("fast", null, 10), timetable);
    const slow = book(50, at("slow", 5, 10), timetable);
    expect(Math.min(...slow)).toBeGreaterThan(9_000);
    expect(mostInOneSecond(slow)).toBe(5);
  });
});

describe("who waits", () => {
  it("is known from the first that has to until the last is due", () => {
    const timetable = fresh();
    expect(timetable.paces()).toEqual([]);
    timetable.book(at("ep", 2, null));
    expect(timetable.paces()).toMatchObject([{ waitingSinceMs: 0, waitingUntilMs: 0 }]);
    timetable.book(at("ep", 2, null));
    const others = later(timetable, NOW_MS + 100);
    others.book(at("ep", 2, null));
    expect(others.paces()).toMatchObject([
      { waitingSinceMs: NOW_MS, waitingUntilMs: NOW_MS + 1_000 },
    ]);
  });

  it("begins anew after nobody did", () => {
    const timetable = fresh();
    book(2, at("ep", 2, null), timetable);
    const others = later(timetable, NOW_MS + 800);
    others.book(at("ep", 2, null));
    expect(others.paces()).toMatchObject([{ waitingSinceMs: NOW_MS + 800 }]);
  });
});
