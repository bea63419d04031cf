import { Expectations } from "./expectations.ts";

/**
 * How many attempts one endpoint, and this process, may have under way. No endpoint can fill the
 * process: the more so one that failed last time, because it may hang for the whole time limit.
 */
export type Turns = {
  /** Takes a turn if there is one now. Whoever got one must release it. */
  tryTake(endpointId: string): boolean;
  /**
   * Waits for a turn, in order of asking; false if none came within `patienceMs`, and at once where
   * as many wait already as an endpoint has turns.
   */
  take(endpointId: string, patienceMs: number): Promise<boolean>;
  /** Releases a turn with which an attempt was made. */
  release(endpointId: string, attemptFailed: boolean): void;
  /** Releases a turn with which none was made. */
  giveBack(endpointId: string): void;
  /** When one who got none should come again: after those who were told so before. */
  expectedAtMs(endpointId: string, nowMs: number): number;
};

const PROCESS_MAX = 1_000;
/** Of endpoints that failed last time, all together: however many hang, others find room. */
const FAILING_MAX = 700;
const ENDPOINT_MAX = 128;
const FAILING_ENDPOINT_MAX = 32;

/** `wake` hands over a turn. */
type Waiter = { readonly wake: () => void };
type Lane = { inFlight: number; failing: boolean; readonly waiters: Waiter[] };

export function createTurns(): Turns {
  const lanes = new Lanes();
  const expectations = new Expectations();
  return {
    tryTake: (endpointId) => lanes.tryTake(endpointId),

    async take(endpointId, patienceMs) {
      if (lanes.tryTake(endpointId)) return true;
      if (!lanes.hasPlace(endpointId)) return false;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          lanes.leave(endpointId, waiter);
          resolve(false);
        }, patienceMs);
        const waiter: Waiter = {
          wake() {
            clearTimeout(timer);
            resolve(true);
          },
        };
        lanes.join(endpointId, waiter);
      });
    },

    release(endpointId, attemptFailed) {
      lanes.note(endpointId, attemptFailed);
      expectations.ended(endpointId, Date.now());
      lanes.giveBack(endpointId);
    },

    giveBack: (endpointId) => lanes.giveBack(endpointId),
    expectedAtMs: (endpointId, nowMs) => expectations.nextMs(endpointId, nowMs),
  };
}

/** A lane for each endpoint, and the room that all share. */
class Lanes {
  readonly #lanes = new Map<string, Lane>();
  /** Those with waiters, in the order in which they are served. */
  readonly #waiting = new Set<Lane>();
  #inFlight = 0;
  /** Of these, at endpoints that failed last time. */
  #inFlightAtFailing = 0;

  note(endpointId: string, attemptFailed: boolean): void {
    const lane = this.#of(endpointId);
    if (lane.failing === attemptFailed) return;
    lane.failing = attemptFailed;
    this.#inFlightAtFailing += attemptFailed ? lane.inFlight : -lane.inFlight;
  }

  tryTake(endpointId: string): boolean {
    const lane = this.#of(endpointId);
    if (lane.waiters.length > 0 || !this.#hasRoom(lane)) {
      this.#forgetIfFresh(endpointId, lane);
      return false;
    }
    this.#count(lane, 1);
    return true;
  }

  /** Nobody waits for more than those that are under way now, and those that follow them. */
  hasPlace(endpointId: string): boolean {
    const lane = this.#lanes.get(endpointId);
    return lane === undefined || lane.waiters.length < maxOf(lane);
  }

  join(endpointId: string, waiter: Waiter): void {
    const lane = this.#of(endpointId);
    lane.waiters.push(waiter);
    this.#waiting.add(lane);
  }

  leave(endpointId: string, waiter: Waiter): void {
    const lane = this.#of(endpointId);
    lane.waiters.splice(lane.waiters.indexOf(waiter), 1);
    if (lane.waiters.length === 0) this.#waiting.delete(lane);
    this.#forgetIfFresh(endpointId, lane);
  }

  giveBack(endpointId: string): void {
    const lane = this.#of(endpointId);
    this.#count(lane, -1);
    this.#handOver();
    this.#forgetIfFresh(endpointId, lane);
  }

  #of(endpointId: string): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = { inFlight: 0, failing: false, waiters: [] };
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  /** In a process that was full, whoever ends makes room for any endpoint, so they take turns. */
  #handOver(): void {
    for (const lane of this.#waiting) {
      if (!this.#hasRoom(lane)) continue;
      this.#count(lane, 1);
      lane.waiters.shift()?.wake();
      this.#waiting.delete(lane);
      // At the end, where this loop comes by again.
      if (lane.waiters.length > 0) this.#waiting.add(lane);
    }
  }

  #hasRoom(lane: Lane): boolean {
    if (lane.failing && this.#inFlightAtFailing >= FAILING_MAX) return false;
    return lane.inFlight < maxOf(lane) && this.#inFlight < PROCESS_MAX;
  }

  #count(lane: Lane, more: 1 | -1): void {
    lane.inFlight += more;
    this.#inFlight += more;
    if (lane.failing) this.#inFlightAtFailing += more;
  }

  /** Only what differs from a fresh lane is worth remembering. */
  #forgetIfFresh(endpointId: string, lane: Lane): void {
    if (lane.inFlight === 0 && !lane.failing && lane.waiters.length === 0) {
      this.#lanes.delete(endpointId);
    }
  }
}

function maxOf({ failing }: Lane): number {
  return failing ? FAILING_ENDPOINT_MAX : ENDPOINT_MAX;
}
