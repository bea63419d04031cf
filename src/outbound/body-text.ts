import { isUtf8 } from "node:buffer";

export const BODY_BYTES_KEPT_MAX = 20_000;

/**
 * The first bytes of an answer's body as text that a database takes: UTF-8 as it is, cut between
 * characters; base64 for anything else, and for NUL, which Postgres cannot keep in text.
 */
export function bodyText(body: Buffer): string {
  const kept = body.subarray(0, characterEnd(body));
  if (isUtf8(kept) && !kept.includes(0)) return kept.toString("utf8");
  return body.subarray(0, BODY_BYTES_KEPT_MAX).toString("base64");
}

/** Where the last character ends that fits: a cut before a continuation byte goes back to its lead. */
function characterEnd(body: Buffer): number {
  let end = Math.min(body.length, BODY_BYTES_KEPT_MAX);
  const earliest = end - 3;
  while (end > earliest && ((body[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}
