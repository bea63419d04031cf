import type { EndpointStats } from "../api/schema.d.ts";
import { countWords } from "./numbers.ts";

export type Waiting = Pick<EndpointStats, "pending" | "sending" | "isWaitingExact">;

/** "1,000+" where there are more than are counted. */
export function waitingWords({ pending, sending, isWaitingExact }: Waiting): string {
  return `${countWords(pending + sending)}${isWaitingExact ? "" : "+"}`;
}
