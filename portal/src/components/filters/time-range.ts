const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const PRESETS = ["5h", "yesterday", "week", "month"] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_LABELS: Readonly<Record<Preset, string>> = {
  "5h": "Last 5 hours",
  yesterday: "Yesterday",
  week: "Last 7 days",
  month: "Last 30 days",
};

/** A span of time, as it stands in the URL: a preset, or times; nothing: until now, all that is kept. */
export type TimeRange = {
  readonly preset?: Preset;
  /** As ISO 8601. */
  readonly after?: string;
  readonly before?: string;
};

export type Span = { readonly after?: string; readonly before?: string };

/**
 * The times that it means now. One that reaches until now has an end all the same: asked for what
 * came after a time alone, the API begins with the oldest.
 */
export function spanOf({ preset, after, before }: TimeRange, nowMs: number): Span {
  if (preset === undefined) {
    if (after === undefined) return before === undefined ? {} : { before };
    return { after, before: before ?? iso(nowMs) };
  }
  if (preset === "yesterday") {
    const todayMs = new Date(nowMs).setHours(0, 0, 0, 0);
    return {
      after: iso(new Date(todayMs - DAY_MS / 2).setHours(0, 0, 0, 0)),
      before: iso(todayMs),
    };
  }
  const lengthMs = { "5h": 5 * HOUR_MS, week: 7 * DAY_MS, month: 30 * DAY_MS }[preset];
  return { after: iso(nowMs - lengthMs), before: iso(nowMs) };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
