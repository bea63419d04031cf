const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const REPLAY_PRESETS = ["8h", "24h", "3d", "7d", "14d", "custom"] as const;
export type ReplayPreset = (typeof REPLAY_PRESETS)[number];

export const REPLAY_PRESET_LABELS: Readonly<Record<ReplayPreset, string>> = {
  "8h": "Last 8 hours",
  "24h": "Last 24 hours",
  "3d": "Last 3 days",
  "7d": "Last 7 days",
  "14d": "Last 14 days",
  custom: "Custom",
};

const LENGTHS_MS: Readonly<Record<Exclude<ReplayPreset, "custom">, number>> = {
  "8h": 8 * HOUR_MS,
  "24h": DAY_MS,
  "3d": 3 * DAY_MS,
  "7d": 7 * DAY_MS,
  "14d": 14 * DAY_MS,
};

/** As ISO 8601; without an end, until now. */
export type ReplayRange = { readonly since: string; readonly until?: string };

export function presetRange(preset: Exclude<ReplayPreset, "custom">, nowMs: number): ReplayRange {
  return { since: new Date(nowMs - LENGTHS_MS[preset]).toISOString() };
}

/** Of the fields of a form, in local time; a sentence where that is none. */
export function customRange(from: string, to: string, nowMs: number): ReplayRange | string {
  const [fromMs, toMs] = [Date.parse(from), to === "" ? nowMs : Date.parse(to)];
  if (Number.isNaN(fromMs)) return "Choose when the range begins.";
  if (Number.isNaN(toMs)) return "Choose when the range ends, or leave it empty.";
  if (fromMs >= toMs) return "The range ends before it begins.";
  if (toMs > nowMs) return "The range ends in the future. Leave its end empty for now.";
  const since = new Date(fromMs).toISOString();
  return to === "" ? { since } : { since, until: new Date(toMs).toISOString() };
}

/** As a field for a local time wants it: to the second, since what failed just now matters. */
export function localText(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * 60_000;
  return new Date(timeMs - offsetMs).toISOString().slice(0, 19);
}
