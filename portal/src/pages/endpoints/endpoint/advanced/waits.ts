import type { Duration } from "../../../../api/schema.d.ts";

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const WAIT = /^(\d+(?:\.\d+)?)\s*(s|min|m|h|d)$/i;
const WAITS_MAX = 50;
const WAIT_MS_MAX = 30 * 86_400_000;

/** "5s, 5m, 2h" as milliseconds; "" is no wait at all. A sentence where it cannot be read. */
export function parseWaits(text: string): readonly number[] | string {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length === 1 && parts[0] === "") return [];
  if (parts.length > WAITS_MAX) return `At most ${WAITS_MAX} waits.`;
  const waits = parts.map(waitMs);
  const wrong = waits.findIndex((wait) => wait === undefined);
  if (wrong !== -1) return `“${parts[wrong]}” is no wait. Write 30s, 5m, 2h or 1d.`;
  const known = waits.filter((wait) => wait !== undefined);
  return known.some((wait) => wait > WAIT_MS_MAX) ? "A wait has at most 30 days." : known;
}

/** As `parseWaits` reads it. */
export function waitsText(waitsMs: readonly number[]): string {
  return waitsMs.map(waitText).join(", ");
}

export type PlannedAttempt = {
  readonly number: number;
  /** "at once", "5 min". */
  readonly wait: string;
  /** Since the first attempt; "" of the first. */
  readonly since: string;
};

/** The attempts that the waits lead to, if all of them fail at once. */
export function plannedAttempts(waitsMs: readonly number[]): readonly PlannedAttempt[] {
  let sinceMs = 0;
  const retries = waitsMs.map((wait, i) => {
    sinceMs += wait;
    return { number: i + 2, wait: wait === 0 ? "at once" : exactly(wait), since: exactly(sinceMs) };
  });
  return [{ number: 1, wait: "at once", since: "" }, ...retries];
}

export function toDuration(waitInMs: number): Duration {
  return { secs: Math.floor(waitInMs / 1_000), nanos: (waitInMs % 1_000) * 1_000_000 };
}

export function fromDuration({ secs, nanos }: Duration): number {
  return secs * 1_000 + Math.round(nanos / 1_000_000);
}

function waitMs(part: string): number | undefined {
  const [, amount, unit] = WAIT.exec(part) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.round(Number(amount) * (UNITS_MS[unit.toLowerCase()] ?? 0));
}

function waitText(wait: number): string {
  const unit = ["d", "h", "m"].find((one) => wait > 0 && wait % (UNITS_MS[one] ?? 1) === 0) ?? "s";
  return `${wait / (UNITS_MS[unit] ?? 1)}${unit}`;
}

/** "2 h 35 min 5 s": a plan is not rounded, as a countdown may be. */
function exactly(durationMs: number): string {
  const units = [
    [Math.floor(durationMs / 86_400_000), "d"],
    [Math.floor(durationMs / 3_600_000) % 24, "h"],
    [Math.floor(durationMs / 60_000) % 60, "min"],
    [(durationMs % 60_000) / 1_000, "s"],
  ] as const;
  const parts = units.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return parts.length === 0 ? "0 s" : parts.join(" ");
}
