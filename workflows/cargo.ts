import type { CarryReport } from "../src/delivery/report.ts";
import { wakeAtMs, type DueDelivery } from "../src/domain/waiting.ts";
import type { HandedOn, Totals } from "./contract.ts";

const LINES_MAX = 20;

/** The deliveries that one workflow carries and that have not ended. */
export class Cargo {
  #due: readonly DueDelivery[];
  #underWay = 0;
  #succeeded: number;
  #failed: number;
  /** Grows with each report that came in. */
  reports = 0;

  constructor({ due, succeeded, failed }: HandedOn) {
    this.#due = due;
    this.#succeeded = succeeded;
    this.#failed = failed;
  }

  get isEmpty(): boolean {
    return this.#due.length === 0 && this.#underWay === 0;
  }

  /** Nothing is under way, so what is left can be handed on. */
  get isResting(): boolean {
    return this.#underWay === 0;
  }

  get totals(): Totals {
    return { succeeded: this.#succeeded, failed: this.#failed };
  }

  get handedOn(): HandedOn {
    return { ...this.totals, due: this.#due };
  }

  /** How long to sleep before something is due; undefined if only what is under way is left. */
  sleepMs(nowMs: number): number | undefined {
    return this.#due.length === 0 ? undefined : Math.max(0, wakeAtMs(this.#due) - nowMs);
  }

  /** Takes out what is due; it is under way until its report is added. */
  take(nowMs: number): readonly DueDelivery[] {
    const taken = this.#due.filter(({ dueAtMs }) => dueAtMs <= nowMs);
    this.#due = this.#due.filter(({ dueAtMs }) => dueAtMs > nowMs);
    return taken;
  }

  async add(carried: Promise<CarryReport>): Promise<void> {
    this.#underWay++;
    const { succeeded, failed, waiting } = await carried;
    this.#underWay--;
    this.reports++;
    this.#succeeded += succeeded;
    this.#failed += failed;
    const nowMs = Date.now();
    const due = waiting.map(({ dueInMs, ...rest }) => ({ ...rest, dueAtMs: nowMs + dueInMs }));
    this.#due = [...this.#due, ...due];
  }

  /** For people in Temporal's UI. */
  describe(): string {
    const lines = this.#due
      .slice(0, LINES_MAX)
      .map(
        ({ messageId, endpointId, attemptNumber, dueAtMs }) =>
          `- \`${messageId}\` → \`${endpointId}\`: attempt ${attemptNumber} at ` +
          new Date(dueAtMs).toISOString(),
      );
    const more = this.#due.length - lines.length;
    return [
      `${this.#succeeded} delivered, ${this.#failed} given up, ${this.#due.length} waiting`,
      "",
      ...lines,
      ...(more > 0 ? [`- and ${more} more`] : []),
    ].join("\n");
  }
}
