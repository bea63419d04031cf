const POSTPONED_MS_MIN = 2_000;
/** An endpoint that is well again must not wait longer for its backlog. */
const POSTPONED_MS_MAX = 120_000;
/** Who asks within this time of the first comes again together with it: one activity, not many. */
const TOGETHER_MS = 100;
/** How much the latest counts in the mean time between two turns. */
const WEIGHT = 1 / 32;
/** Many that hang end at once, and then none for as long as they may. */
const ONE_GAP_MS_MAX = 16_000;
const GAP_MS_MAX = 1_000;

type Queue = {
  endedAtMs: number;
  /** The mean time from one attempt's end to the next. */
  gapMs: number;
  lastMs: number;
  askedAtMs: number;
  answeredMs: number;
};

/** When endpoints that have no turn left will have one, for each of those that wait. */
export class Expectations {
  /** Only of endpoints at which somebody was put off in the last minutes. */
  readonly #queues = new Map<string, Queue>();

  ended(endpointId: string, nowMs: number): void {
    const queue = this.#queues.get(endpointId);
    if (queue === undefined) return;
    const gapMs = Math.min(nowMs - queue.endedAtMs, ONE_GAP_MS_MAX);
    queue.gapMs += (gapMs - queue.gapMs) * WEIGHT;
    queue.endedAtMs = nowMs;
    if (queue.lastMs < nowMs - POSTPONED_MS_MAX) this.#queues.delete(endpointId);
  }

  nextMs(endpointId: string, nowMs: number): number {
    const queue = this.#queueOf(endpointId, nowMs);
    const soonestMs = nowMs + POSTPONED_MS_MIN;
    // None has ended for a while: whatever the mean was, they take longer now.
    const gapMs = Math.max(queue.gapMs, (nowMs - queue.endedAtMs) * WEIGHT);
    const nextMs = Math.max(queue.lastMs, soonestMs) + Math.min(gapMs, GAP_MS_MAX);
    // A backlog that is longer comes round again.
    queue.lastMs = nextMs > nowMs + POSTPONED_MS_MAX ? soonestMs : nextMs;
    if (nowMs - queue.askedAtMs > TOGETHER_MS) {
      queue.askedAtMs = nowMs;
      queue.answeredMs = Math.round(queue.lastMs);
    }
    return queue.answeredMs;
  }

  #queueOf(endpointId: string, nowMs: number): Queue {
    const known = this.#queues.get(endpointId);
    if (known !== undefined && known.lastMs > nowMs - POSTPONED_MS_MIN) return known;
    const queue = { endedAtMs: nowMs, gapMs: 0, lastMs: 0, askedAtMs: 0, answeredMs: 0 };
    this.#queues.set(endpointId, queue);
    return queue;
  }
}
