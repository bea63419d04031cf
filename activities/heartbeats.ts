import { activityInfo, heartbeat } from "@temporalio/activity";

const HEARTBEAT_MS = 4_000;

/** While a regular activity works, Temporal is told that its worker lives. */
export async function withHeartbeats<Result>(work: () => Promise<Result>): Promise<Result> {
  if (activityInfo().isLocal) return work();
  const timer = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
