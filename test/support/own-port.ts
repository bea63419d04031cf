import { randomInt } from "node:crypto";
import { freePort } from "../../src/temporal/free-port.ts";

/** Below those that systems give to whoever asks for any. */
const PORT_MIN = 20_000;
const PORT_MAX = 30_000;

/** A free port that stays free until it is used, also a while later: nobody gets it by chance. */
export function ownPort(): Promise<number> {
  return freePort(randomInt(PORT_MIN, PORT_MAX));
}
