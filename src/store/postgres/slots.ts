import type { Pool } from "pg";
import type { Postponed, SlotRequest, Slots } from "../slots.ts";
import { createGrouped } from "./grouped.ts";
import { putOff } from "./postpone.ts";
import { takeSlotByHand, takeSlots } from "./throttle.ts";

/** Those that come first are given the earlier times. */
const STATEMENTS_MAX = 1;

export function createSlots(pool: Pool): Slots {
  return {
    takeSlot: createGrouped({
      run: async (requests: readonly SlotRequest[]) => takeSlots(pool, requests),
      keyOf: ({ messageId, endpointId }) => `${messageId} ${endpointId}`,
      statementsMax: STATEMENTS_MAX,
    }),
    takeSlotByHand: async (request) => takeSlotByHand(pool, request),
    postpone: createGrouped({
      run: async (group: readonly Postponed[]) =>
        putOff(
          pool,
          group.map((one) => ({ ...one, slotAtMs: null })),
        ),
      keyOf: ({ messageId, endpointId }) => `${messageId} ${endpointId}`,
      statementsMax: STATEMENTS_MAX,
    }),
  };
}
