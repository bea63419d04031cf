const SECONDS = /^\d+(?:\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/;
const ZONE = /(?:GMT|UTC|[+-]\d{4})$/;

/**
 * How long a Retry-After asks us to wait, in ms from `nowMs` (Unix). Seconds, also with decimals,
 * or one of the three forms of an HTTP date (RFC 9110, 5.6.7); undefined for the past and for
 * anything else.
 */
export function parseRetryAfterMs(value: string, nowMs: number): number | undefined {
  const text = value.trim();
  const waitMs = SECONDS.test(text) ? Math.round(Number(text) * 1_000) : dateMs(text) - nowMs;
  return Number.isSafeInteger(waitMs) && waitMs >= 0 ? waitMs : undefined;
}

function dateMs(text: string): number {
  if (!HTTP_DATE.test(text)) return NaN;
  // asctime's form names no zone and means GMT; Date.parse would take it for local time.
  return Date.parse(ZONE.test(text) ? text : `${text} GMT`);
}
