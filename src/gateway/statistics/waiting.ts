import { z } from "zod";
import type { Waiting } from "../../store/catalogue-deliveries.ts";

/** Of each kind, at each endpoint of a list: counting many at many would hold everybody up. */
export const LISTED_WAITING_MAX = 100;

const COUNT = z.int().min(0);

/** What waits at an endpoint, of each kind at most so many. */
export function waitingFields(countedMax: number) {
  const most = `at most ${countedMax.toLocaleString("en")} are counted`;
  return {
    pending: COUNT.describe(`Messages that wait for their first attempt now; ${most}`),
    sending: COUNT.describe(`Messages that wait for another attempt now; ${most}`),
    isWaitingExact: z.boolean().describe("false: of pending or of sending there are more"),
  };
}

/** Counted up to one more than is told. */
export function waitingOut(waiting: Waiting | undefined, countedMax: number) {
  const { unattempted = 0, retrying = 0 } = waiting ?? {};
  return {
    pending: Math.min(unattempted, countedMax),
    sending: Math.min(retrying, countedMax),
    isWaitingExact: Math.max(unattempted, retrying) <= countedMax,
  };
}
