/** When something is done again and again. */
export type TriggerTimes =
  | { readonly kind: "interval"; readonly everyMs: number }
  /** Five fields, in UTC. */
  | { readonly kind: "cron"; readonly cron: string };

/** At most so many for each sandbox. */
export const TRIGGER_SCHEDULES_MAX = 20;
/** After which one ends by itself: 7 days. */
export const TRIGGER_SCHEDULE_LIFE_MS = 7 * 86_400_000;
const INTERVAL_MS_MIN = 10_000;

const INTERVAL = /^(?:every )?(\d{1,6}) ?(s|m|h|d|seconds?|minutes?|hours?|days?)$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const FIELD = String.raw`[\d*,/A-Za-z-]{1,40}`;
const CRON = new RegExp(`^${FIELD}(?: +${FIELD}){4}$`);

/** "5 minutes", "30s", or cron's five fields. undefined for anything else, or too short or too long. */
export function parseTriggerTimes(text: string): TriggerTimes | undefined {
  const [, count, unit = ""] = INTERVAL.exec(text.trim()) ?? [];
  if (count === undefined) {
    return CRON.test(text.trim()) ? { kind: "cron", cron: text.trim() } : undefined;
  }
  const everyMs = Number(count) * (UNIT_MS[unit.charAt(0)] ?? 0);
  const isFine = everyMs >= INTERVAL_MS_MIN && everyMs <= TRIGGER_SCHEDULE_LIFE_MS;
  return isFine ? { kind: "interval", everyMs } : undefined;
}
