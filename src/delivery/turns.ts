/**
 * How many attempts one endpoint, and this process, may have under way. No endpoint can fill the
 * process: the more so one that failed last time, because it may hang for the whole time limit.
 */
export type Turns = {
  /** Takes a turn if there is one now. Whoever got one must release it. */
  tryTake(endpointId: string): boolean;
  /** Waits for a turn, in order of asking; false if none came within `patienceMs`. */
  take(endpointId: string, patienceMs: number): Promise<boolean>;
  /** Releases a turn with which an attempt was made. */
  release(endpointId: string, attemptFailed: boolean): void;
  /** Releases a turn with which none was made. */
  giveBack(endpointId: string): void;
};

const PROCESS_MAX = 1_000;
const ENDPOINT_MAX = 128;
const FAILING_ENDPOINT_MAX = 32;

/** `wake` hands over a turn. */
type Waiter = { readonly wake: () => void };
type Lane = { inFlight: number; failing: boolean; readonly waiters: Waiter[] };

export function createTurns(): Turns {
  const lanes = new Map<string, Lane>();
  let inFlight = 0;

  function laneOf(endpointId: string): Lane {
    const known = lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = { inFlight: 0, failing: false, waiters: [] };
    lanes.set(endpointId, lane);
    return lane;
  }

  function hasRoom(lane: Lane): boolean {
    const max = lane.failing ? FAILING_ENDPOINT_MAX : ENDPOINT_MAX;
    return lane.inFlight < max && inFlight < PROCESS_MAX;
  }

  function tryTake(endpointId: string): boolean {
    const lane = laneOf(endpointId);
    if (lane.waiters.length > 0 || !hasRoom(lane)) return false;
    lane.inFlight++;
    inFlight++;
    return true;
  }

  function giveBack(endpointId: string): void {
    const lane = laneOf(endpointId);
    lane.inFlight--;
    inFlight--;
    while (lane.waiters.length > 0 && hasRoom(lane)) {
      lane.inFlight++;
      inFlight++;
      lane.waiters.shift()?.wake();
    }
    // Only what differs from a fresh lane is worth remembering.
    if (lane.inFlight === 0 && !lane.failing && lane.waiters.length === 0) {
      lanes.delete(endpointId);
    }
  }

  return {
    tryTake,

    async take(endpointId, patienceMs) {
      if (tryTake(endpointId)) return true;
      const { waiters } = laneOf(endpointId);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(false);
        }, patienceMs);
        const waiter: Waiter = {
          wake() {
            clearTimeout(timer);
            resolve(true);
          },
        };
        waiters.push(waiter);
      });
    },

    release(endpointId, attemptFailed) {
      laneOf(endpointId).failing = attemptFailed;
      giveBack(endpointId);
    },

    giveBack,
  };
}
