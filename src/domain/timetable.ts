import type { Rates } from "./throttle.ts";

/** What is kept of an endpoint, or of an application: `key` is its id. */
export type Pace = {
  readonly key: string;
  /**
   * An endpoint's theoretical arrival time, in the words of GCRA: nothing is sent before. Of an
   * application: before this time there is no room in any second.
   */
  readonly tatMs: number;
  /** Since when somebody has been waiting all the time, until the last of them is due. */
  readonly waitingSinceMs: number;
  readonly waitingUntilMs: number;
};

/** How many are to be sent in one second of an application's calendar. */
export type BookedSecond = {
  readonly key: string;
  readonly second: number;
  readonly booked: number;
};

/** How many were booked in a second of an application's calendar before. */
export type BookedBefore = (key: string, second: number) => number;

export type Booking = {
  readonly endpointId: string;
  readonly applicationId: string;
  readonly rates: Rates;
};

const SECOND_MS = 1_000;

/**
 * Gives attempts their times. At an endpoint they follow each other evenly: GCRA without bursts. An
 * application's endpoints may be slower than it, so what is booked for them leaves gaps for others:
 * it has a calendar of seconds.
 */
export class Timetable {
  readonly #paces: Map<string, Pace>;
  readonly #bookedBefore: BookedBefore;
  readonly #calendars = new Map<string, Calendar>();
  readonly #nowMs: number;

  constructor(paces: readonly Pace[], bookedBefore: BookedBefore, nowMs: number) {
    this.#paces = new Map(paces.map((pace) => [pace.key, pace]));
    this.#bookedBefore = bookedBefore;
    this.#nowMs = nowMs;
  }

  /** The first time, in whole milliseconds, at which the endpoint and its application have room. */
  book({ endpointId, applicationId, rates }: Booking): number {
    const nowMs = this.#nowMs;
    const pace = this.#paceOf(endpointId);
    const fromMs = rates.endpoint === null ? nowMs : Math.max(nowMs, pace.tatMs);
    const slotMs =
      rates.application === null
        ? fromMs
        : this.#calendarOf(applicationId).book(rates.application, fromMs);
    const tatMs = rates.endpoint === null ? pace.tatMs : slotMs + SECOND_MS / rates.endpoint;
    const slotAtMs = Math.ceil(slotMs);
    this.#paces.set(endpointId, { ...pace, tatMs, ...waiting(pace, slotAtMs, nowMs) });
    return slotAtMs;
  }

  /** As they are now. */
  paces(): readonly Pace[] {
    return [...this.#paces.values()].map((pace) => {
      const tatMs = this.#calendars.get(pace.key)?.fullUntilMs ?? pace.tatMs;
      return { ...pace, tatMs };
    });
  }

  /** Those in which somebody was booked. */
  changedSeconds(): readonly BookedSecond[] {
    return [...this.#calendars.values()].flatMap((calendar) => calendar.changed());
  }

  #paceOf(key: string): Pace {
    return this.#paces.get(key) ?? { key, tatMs: 0, waitingSinceMs: 0, waitingUntilMs: 0 };
  }

  #calendarOf(key: string): Calendar {
    const known = this.#calendars.get(key);
    if (known !== undefined) return known;
    const pace = this.#paceOf(key);
    this.#paces.set(key, pace);
    const calendar = new Calendar(pace, this.#bookedBefore, this.#nowMs);
    this.#calendars.set(key, calendar);
    return calendar;
  }
}

function waiting(
  pace: Pace,
  slotAtMs: number,
  nowMs: number,
): Pick<Pace, "waitingSinceMs" | "waitingUntilMs"> {
  const { waitingSinceMs, waitingUntilMs } = pace;
  if (slotAtMs <= nowMs) return { waitingSinceMs, waitingUntilMs };
  return {
    waitingSinceMs: waitingUntilMs > nowMs ? waitingSinceMs : nowMs,
    waitingUntilMs: Math.max(waitingUntilMs, slotAtMs),
  };
}

/** No more than the rate in any of its seconds, spread over it. */
class Calendar {
  readonly #key: string;
  readonly #nowMs: number;
  readonly #bookedBefore: BookedBefore;
  readonly #booked = new Map<number, number>();
  /** Before it no second has room. */
  fullUntilMs: number;

  constructor({ key, tatMs }: Pace, bookedBefore: BookedBefore, nowMs: number) {
    this.#key = key;
    this.#nowMs = nowMs;
    const thisSecondMs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
    this.fullUntilMs = Math.max(tatMs, thisSecondMs);
    this.#bookedBefore = bookedBefore;
  }

  book(rate: number, fromMs: number): number {
    const earliestMs = Math.max(fromMs, this.fullUntilMs);
    for (let second = Math.floor(earliestMs / SECOND_MS); ; second++) {
      const startMs = second * SECOND_MS;
      const booked = this.#booked.get(second) ?? this.#bookedBefore(this.#key, second);
      const index = Math.max(booked, this.#missed(startMs, rate));
      if (index < rate) {
        this.#booked.set(second, index + 1);
        return Math.max(fromMs, startMs + (index * SECOND_MS) / rate);
      }
      if (startMs <= this.fullUntilMs) this.fullUntilMs = startMs + SECOND_MS;
    }
  }

  changed(): readonly BookedSecond[] {
    return [...this.#booked].map(([second, booked]) => ({ key: this.#key, second, booked }));
  }

  /** How many of a second's times have passed. */
  #missed(startMs: number, rate: number): number {
    return Math.floor((Math.max(0, this.#nowMs - startMs) * rate) / SECOND_MS);
  }
}
