import { randomFillSync } from "node:crypto";
import { formatId, KSUID_RANDOM_BYTES, type IdPrefix } from "../domain/ids.ts";

const POOL_BYTES = KSUID_RANDOM_BYTES * 256;

// Random bytes are drawn for many ids at once: a call into the generator costs more than an id.
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** A new id of something made at `nowMs` (Unix). */
export function newId(prefix: IdPrefix, nowMs: number): string {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + KSUID_RANDOM_BYTES);
  used += KSUID_RANDOM_BYTES;
  return formatId(prefix, nowMs, random);
}
