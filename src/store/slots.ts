import type { DeliveryKey } from "../domain/delivery.ts";
import type { Rates } from "../domain/throttle.ts";

/** When deliveries may be attempted that cannot be at once. */
export type Slots = {
  /**
   * Gives an attempt that was claimed its time, by the rates that hold for it: in ms, shared by all
   * processes. If that is later than HELD_MS from now, the delivery is put off until then, and its
   * claim released.
   */
  takeSlot(request: SlotRequest): Promise<number>;

  /** The same for an attempt by hand, which is not put off; null where there is no rate. */
  takeSlotByHand(request: SlotByHand): Promise<number | null>;

  /** Puts off an attempt that nobody else has claimed; it costs it nothing. */
  postpone(postponed: Postponed): Promise<void>;
};

type AttemptKey = DeliveryKey & { readonly attemptNumber: number };
/** Who claimed it, and when this is asked. */
type Asking = { readonly holder: string; readonly nowMs: number };

export type SlotRequest = AttemptKey &
  Asking & { readonly applicationId: string; readonly rates: Rates };

export type SlotByHand = {
  readonly endpointId: string;
  readonly applicationId: string;
  readonly nowMs: number;
};

export type Postponed = AttemptKey & Asking & { readonly untilMs: number };
