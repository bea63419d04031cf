/** Messages per second; null: as many as there are. */
export type Rates = {
  readonly endpoint: number | null;
  /** Of the application, which its endpoints share. */
  readonly application: number | null;
};

/** What an attempt at an endpoint with a rate, or of an application with one, is held to. */
export type Throttle = Rates & {
  /** The time that it was given; null if it has none. */
  readonly slotAtMs: number | null;
};

/** A process waits this long itself for an attempt's time; beyond that it is an appointment. */
export const HELD_MS = 1_000;
/** How long before its appointment a delivery is taken up again, to be sent to the millisecond. */
export const LEAD_MS = 800;
/** Who misses its appointment by more needs another: what was late does not come all at once. */
const LAPSED_MS = 1_000;

/** null where nothing limits. */
export function throttleOf(rates: Rates, slotAtMs: number | null): Throttle | null {
  const { endpoint, application } = rates;
  return endpoint === null && application === null ? null : { endpoint, application, slotAtMs };
}

/** The time that it has and may still use; undefined: it needs one. */
export function validSlotMs({ slotAtMs }: Throttle, nowMs: number): number | undefined {
  return slotAtMs === null || slotAtMs < nowMs - LAPSED_MS ? undefined : slotAtMs;
}
