const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** "5s" → 5000. A whole or decimal number and one of ms, s, m, h, d; undefined for anything else. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  const unitMs = UNIT_MS[match?.[2] ?? ""];
  return unitMs === undefined ? undefined : Math.round(Number(match?.[1]) * unitMs);
}

/** 18_000_000 → "5h", 5_500 → "5.5s": the largest unit that it fills, for people. */
export function formatDuration(durationMs: number): string {
  const fits = Object.entries(UNIT_MS).filter(([, unitMs]) => durationMs >= unitMs);
  const [unit, unitMs] = fits.at(-1) ?? ["ms", 1];
  return `${Number((durationMs / unitMs).toFixed(1))}${unit}`;
}
