import type { EndpointStats } from "../api/schema.d.ts";
import { countWords } from "./numbers.ts";

export type Waiting = Pick<EndpointStats, "pending" | "sending" | "isWaitingExact">;

/** How many messages wait, as far as they are counted. */
export function waitingCount({ pending, sending }: Waiting): number {
  return pending + sending;
}

/** "1,000+" where there are more than are counted. */
export function waitingWords(waiting: Waiting): string {
  return `${countWords(waitingCount(waiting))}${waiting.isWaitingExact ? "" : "+"}`;
}
