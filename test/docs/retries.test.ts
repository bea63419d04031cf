import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_RETRY_SCHEDULE, parseRetrySchedule } from "../../src/domain/retry-schedule.ts";
import { ROOT } from "../project/source-imports.ts";

const UNITS = [
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

test.each(["README.md", "docs/retries.md"])("%s shows the schedule as it is", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const [, table = ""] = /^(\| attempt +\| wait before it [^]*?)\n\n/m.exec(text) ?? [];
  const [, , ...rows] = table.split("\n");
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  expect(cells.map(([, ...shown]) => shown.slice(0, 3))).toEqual(scheduleRows());
});

test.each(["README.md", "docs/retries.md", "docs/configuration.md"])(
  "%s names no other default",
  (document) => {
    const text = readFileSync(join(ROOT, document), "utf8");
    const named = text.match(/\b5s,5m[\w,]*/g) ?? [];
    expect(new Set([...named, DEFAULT_RETRY_SCHEDULE])).toEqual(new Set([DEFAULT_RETRY_SCHEDULE]));
  },
);

function scheduleRows(): readonly (readonly string[])[] {
  const waitsMs = parseRetrySchedule(DEFAULT_RETRY_SCHEDULE);
  const first = ["1", "none", "at once"];
  const others = waitsMs.map((waitMs, i) => {
    const sinceFirstMs = waitsMs.slice(0, i + 1).reduce((sum, one) => sum + one, 0);
    return [String(i + 2), spelled(waitMs), spelled(sinceFirstMs)];
  });
  return [first, ...others];
}

/** "27 h 35 min 5 s" */
function spelled(durationMs: number): string {
  let restMs = durationMs;
  const parts = UNITS.flatMap(([unit, unitMs]) => {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.join(" ");
}
