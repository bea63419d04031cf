import { randomFillSync } from "node:crypto";
import { formatId, KSUID_RANDOM_BYTES, type IdPrefix } from "../domain/ids.ts";

const POOL_BYTES = KSUID_RANDOM_BYTES * 256;

// Random bytes are drawn for many ids at once: a call into the generator costs more than an id.
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

let countInOrder = 0;

/** A new id of something made at `nowMs` (Unix). */
export function newId(prefix: IdPrefix, nowMs: number): string {
  return formatId(prefix, nowMs, randomBytes());
}

/**
 * As {@link newId}, and above all that this process made in order before, those of the same 4 ms
 * included: for what people read in the order in which it came. It has 9 random bytes, not 15.
 */
export function newIdInOrder(prefix: IdPrefix, nowMs: number): string {
  const bytes = Buffer.from(randomBytes());
  bytes.writeUIntBE(countInOrder++, 0, 6);
  return formatId(prefix, nowMs, bytes);
}

function randomBytes(): Uint8Array {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + KSUID_RANDOM_BYTES);
  used += KSUID_RANDOM_BYTES;
  return random;
}
