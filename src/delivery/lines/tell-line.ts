import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { LocalLines } from "./local-lines.ts";

/** Has somebody look at an ordered endpoint's line, soon. What is lost here the sweep finds. */
export type TellLine = (endpointId: string) => void;

/** The engine's view of Temporal. */
export type LineDispatcher = {
  /** Starts the line's workflow, or has it look again. Rejects if Temporal cannot be reached. */
  carryLine(endpointId: string): Promise<void>;
};

export type TellLineDeps = {
  readonly dispatcher: LineDispatcher;
  readonly localLines: Pick<LocalLines, "poke">;
  readonly logger: Logger;
};

/** The shortest time between two signals for one line. */
const WINDOW_MS = 250;
/** How long nothing is told after that has failed. */
const AWAY_MS = 2_000;

type Telling = { isWantedAgain: boolean };

export function createTellLine({ dispatcher, localLines, logger }: TellLineDeps): TellLine {
  const underWay = new Map<string, Telling>();
  let awayUntilMs = 0;

  async function tell(endpointId: string, telling: Telling): Promise<void> {
    do {
      telling.isWantedAgain = false;
      const windowEnds = sleep(WINDOW_MS, undefined, { ref: false });
      await dispatcher.carryLine(endpointId).catch((error: unknown) => {
        awayUntilMs = Date.now() + AWAY_MS;
        logger.warn({ err: error, endpointId }, "a line is left to the sweep");
      });
      await windowEnds;
    } while (telling.isWantedAgain);
    underWay.delete(endpointId);
  }

  return (endpointId) => {
    // Who carries it in this process need not be told by way of Temporal.
    if (localLines.poke(endpointId) || Date.now() < awayUntilMs) return;
    const before = underWay.get(endpointId);
    if (before !== undefined) {
      before.isWantedAgain = true;
      return;
    }
    const telling = { isWantedAgain: false };
    underWay.set(endpointId, telling);
    void tell(endpointId, telling);
  };
}
