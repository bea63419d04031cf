import type { Logger } from "pino";
import type { LinesToSee } from "../../store/catalogue-lines.ts";
import { startRounds, type Rounds } from "../rounds.ts";
import type { TellLine } from "./tell-line.ts";

export type SeeToLinesDeps = {
  readonly store: { readonly lines: LinesToSee };
  readonly tellLine: TellLine;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly sweepIntervalMs?: number;
};

const INTERVAL_MS = 500;
const SWITCHED_MAX = 10;
const SWEEP_INTERVAL_MS = 5_000;
/** Ordered endpoints that are looked at in one round of the sweep. */
const SWEPT_MAX = 500;

/**
 * Forms and dissolves the lines of endpoints that were switched, and has those carried whose first
 * is overdue.
 */
export function startSeeingToLines(deps: SeeToLinesDeps): Rounds {
  const rounds = [startSettling(deps), startSweeping(deps)];
  return {
    async stop() {
      await Promise.all(rounds.map((one) => one.stop()));
    },
  };
}

function startSettling({ store, tellLine, logger, ...deps }: SeeToLinesDeps): Rounds {
  return startRounds(async () => {
    try {
      for (const line of await store.lines.takeSwitched(Date.now(), SWITCHED_MAX)) {
        await store.lines.settle(line, Date.now());
        if (line.ordered) tellLine(line.endpointId);
      }
    } catch (error) {
      // What was taken is taken again, later.
      logger.warn({ err: error }, "could not settle the lines of ordered endpoints");
    }
  }, deps.intervalMs ?? INTERVAL_MS);
}

/** Nobody was told, or whoever carried it was lost. */
function startSweeping({ store, tellLine, logger, ...deps }: SeeToLinesDeps): Rounds {
  let afterId = "";
  return startRounds(async () => {
    try {
      const { endpointIds, nextId } = await store.lines.overdue(Date.now(), afterId, SWEPT_MAX);
      afterId = nextId ?? "";
      for (const endpointId of endpointIds) tellLine(endpointId);
    } catch (error) {
      logger.warn({ err: error }, "could not look for lines that are overdue");
    }
  }, deps.sweepIntervalMs ?? SWEEP_INTERVAL_MS);
}
