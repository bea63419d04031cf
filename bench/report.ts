import type { LoadName, Measurement, ProgramName } from "./measure.ts";
import { table } from "./table.ts";

/** A figure of the table at the end: what it is, where it comes from, what it has to be. */
type Figure = {
  readonly name: string;
  readonly load: LoadName;
  readonly unit: string;
  readonly of: (measurement: Measurement) => number;
  readonly target?: { readonly is: "at least" | "at most"; readonly value: number };
};

const RATE: Figure = {
  name: "deliveries, 32 producers",
  load: "closed",
  unit: "/s",
  of: ({ run }) => Math.round(run.deliveredPerS),
};

const FIGURES: readonly Figure[] = [
  { ...RATE, target: { is: "at least", value: 2_000 } },
  { name: "  p50", load: "closed", unit: "ms", of: ({ run }) => run.latencyMs.p50 },
  { name: "  p99", load: "closed", unit: "ms", of: ({ run }) => run.latencyMs.p99 },
  {
    name: "memory at its peak (PSS)",
    load: "closed",
    unit: "MB",
    of: ({ run }) => run.peakPssMb,
    target: { is: "at most", value: 650 },
  },
  {
    name: "  as RSS",
    load: "closed",
    unit: "MB",
    of: ({ run }) => run.peakRssMb,
    target: { is: "at most", value: 650 },
  },
  {
    name: "200/s, p50",
    load: "steady200",
    unit: "ms",
    of: ({ run }) => run.latencyMs.p50,
    target: { is: "at most", value: 3 },
  },
  {
    name: "200/s, p99",
    load: "steady200",
    unit: "ms",
    of: ({ run }) => run.latencyMs.p99,
    target: { is: "at most", value: 15 },
  },
  { name: "1,000/s, p50", load: "steady1000", unit: "ms", of: ({ run }) => run.latencyMs.p50 },
  { name: "1,000/s, p99", load: "steady1000", unit: "ms", of: ({ run }) => run.latencyMs.p99 },
];

const PROGRAMS: Readonly<Record<ProgramName, string>> = {
  sqlite: "Posthorn (SQLite)",
  postgres: "Posthorn (Postgres)",
  floor: "the floor (nothing stored)",
};
const LOADS: Readonly<Record<LoadName, string>> = {
  closed: "closed loop",
  steady200: "200/s",
  steady1000: "1,000/s",
};
const HEADER = ["", "median", "rounds", "target", ""];

/** One line when a load is done. */
export function describeMeasurement({ program, load, run, counts, faults }: Measurement): string {
  const { deliveredPerS, latencyMs, lateMs, cpuS, peakPssMb, peakRssMb } = run;
  const parts = [
    `${Math.round(deliveredPerS)}/s`,
    `p50 ${latencyMs.p50}, p99 ${latencyMs.p99}, max ${latencyMs.max} ms`,
    `CPU ${cpuS} s`,
    `PSS ${peakPssMb} MB, RSS ${peakRssMb} MB`,
    ...(counts === null ? [] : [`${counts.workflows} workflows`]),
    ...(load === "closed" ? [] : [`sent late by p99 ${lateMs.p99} ms`]),
  ];
  const line = `  ${PROGRAMS[program]}, ${LOADS[load]}: ${parts.join("; ")}`;
  return faults.length === 0 ? line : `${line}\n    INVALID: ${faults.join(", ")}`;
}

/** Medians, all rounds, and how they compare with the targets. */
export function summarize(measured: readonly Measurement[]): string {
  const programs = [...new Set(measured.map(({ program }) => program))];
  const rows = programs.flatMap((program) =>
    program === "floor"
      ? floorRows(measured)
      : [[PROGRAMS[program], "", "", "", ""], ...FIGURES.map((f) => row(measured, program, f))],
  );
  return table([HEADER, ...rows]);
}

function row(measured: readonly Measurement[], program: ProgramName, figure: Figure) {
  const { name, load, unit, of, target } = figure;
  const rounds = measured.filter((one) => one.program === program && one.load === load);
  const value = median(rounds.map(of));
  const isMet =
    target && (target.is === "at least" ? value >= target.value : value <= target.value);
  const verdict = !areValid(rounds)
    ? "INVALID"
    : isMet === undefined
      ? ""
      : isMet
        ? "met"
        : "MISSED";
  return [
    `  ${name}`,
    `${value} ${unit}`,
    rounds.map(of).join(", "),
    target === undefined ? "" : `${target.is} ${target.value} ${unit}`,
    verdict,
  ];
}

function floorRows(measured: readonly Measurement[]): readonly (readonly string[])[] {
  const closed = (program: ProgramName) =>
    measured.filter((one) => one.program === program && one.load === "closed");
  const floor = closed("floor");
  const shares = (["sqlite", "postgres"] as const).flatMap((program) => {
    const rounds = closed(program);
    if (rounds.length === 0) return [];
    // Round by round: what else the machine did then slowed both.
    const percents = rounds.map((one, i) => percent(RATE.of(one), floor[i] && RATE.of(floor[i])));
    const verdict = areValid([...rounds, ...floor]) ? "" : "INVALID";
    const name = `  of which ${PROGRAMS[program]} reaches`;
    return [[name, `${median(percents)} %`, percents.join(", "), "", verdict]];
  });
  return [[PROGRAMS.floor, "", "", "", ""], row(measured, "floor", RATE), ...shares];
}

function areValid(measured: readonly Measurement[]): boolean {
  return measured.every(({ faults }) => faults.length === 0);
}

function percent(part: number, whole: number | undefined): number {
  return Math.round((100 * part) / (whole ?? Number.NaN));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return Math.round(((low + high) / 2) * 100) / 100;
}
