import type { EndpointStats } from "../api/schema.d.ts";

type Waiting = Pick<EndpointStats, "pending" | "sending" | "isWaitingExact">;

/** "1,000+" where there are more than are counted. */
export function waitingWords({ pending, sending, isWaitingExact }: Waiting): string {
  return `${(pending + sending).toLocaleString("en")}${isWaitingExact ? "" : "+"}`;
}
