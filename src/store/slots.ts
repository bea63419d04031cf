import type { Rates } from "../domain/throttle.ts";
import type { Claim, Lease, ManualClaim } from "./store.ts";

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

export type SlotRequest = Claim &
  Omit<Lease, "untilMs"> & { readonly applicationId: string; readonly rates: Rates };

export type SlotByHand = Pick<ManualClaim, "endpointId" | "applicationId"> & Pick<Lease, "nowMs">;

export type Postponed = Claim & Omit<Lease, "untilMs"> & { readonly untilMs: number };
