import { z } from "zod";

export const DAY_MS = 86_400_000;
/** Whoever asks for the longest range that there is reckoned its beginning a while ago. */
export const RANGE_GRACE_MS = 5 * 60_000;

/** Ids count seconds in 32 bits: no later time can be asked about. */
const TIME_MS_MAX = (1_400_000_000 + 0xffff_ffff) * 1_000;

export const TIME = z.iso.datetime({ offset: true });

/** As ids can tell it. */
export function timeMs(text: string): number {
  return Math.min(Date.parse(text), TIME_MS_MAX);
}
