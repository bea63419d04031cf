import { parseArgs } from "node:util";

export type BenchOptions = {
  readonly rounds: number;
  readonly postgres: boolean;
  /** Measures the lists, and nothing else. */
  readonly lists: boolean;
  /** Measures recoveries, and nothing else. */
  readonly recovery: boolean;
  /** Recovers 100,000 messages, and nothing else. */
  readonly soak: boolean;
  /** Measures what an endpoint notices of its neighbours, and nothing else. */
  readonly neighbours: boolean;
  /** Measures how soon the portal is seen, and nothing else. */
  readonly firstPaint: boolean;
  readonly jsonFile: string | undefined;
  readonly loads: Loads;
};

/** What each Posthorn is measured with, in this order; the floor only with `closed`. */
export type Loads = {
  readonly warmUpMessages: number;
  readonly closedMessages: number;
  readonly steadyS: number;
};

export const HELP = `npm run bench -- [--rounds N] [--postgres] [--quick] [--json FILE]
       npm run bench -- --lists
       npm run bench -- --recovery
       npm run bench -- --soak
       npm run bench -- --neighbours
       npm run bench -- --first-paint

Measures Posthorn from outside, as npm start runs it, beside a program that stores nothing.
  --rounds N     how often everything is measured (3); medians and all rounds are printed
  --postgres     also with a Postgres of its own, fsync on
  --lists        instead, every list under every filter, in a Postgres with 1,000,000 attempts
  --recovery     instead, live messages beside a recovery
  --soak         instead, 100,000 messages that are recovered, and the memory that it takes
  --neighbours   instead, live messages beside an endpoint that hangs
  --first-paint  instead, how soon the portal is seen; needs Chromium
  --quick        one short round, to see that it works: its figures mean little
  --json FILE    also writes everything that was measured
`;

const FULL: Loads = { warmUpMessages: 3_000, closedMessages: 20_000, steadyS: 15 };
const QUICK: Loads = { warmUpMessages: 500, closedMessages: 3_000, steadyS: 3 };
const ROUNDS_MAX = 99;

/** undefined if help is wanted. Throws if an argument is not understood. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      postgres: { type: "boolean", default: false },
      lists: { type: "boolean", default: false },
      recovery: { type: "boolean", default: false },
      soak: { type: "boolean", default: false },
      neighbours: { type: "boolean", default: false },
      "first-paint": { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;

  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX) {
    throw new Error(`--rounds must be a whole number from 1 to ${ROUNDS_MAX}`);
  }
  const loads = values.quick ? QUICK : FULL;
  const { postgres, lists, recovery, soak, neighbours } = values;
  const { "first-paint": firstPaint, json: jsonFile } = values;
  return { rounds, postgres, lists, recovery, soak, neighbours, firstPaint, jsonFile, loads };
}
