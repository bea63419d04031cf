import type { z } from "zod";
import type { ReplayFilter, ReplayStatus } from "../../domain/background-task.ts";
import type { BULK_REPLAY_IN } from "./replay-schemas.ts";

const STATUSES: Readonly<Record<number, ReplayStatus>> = {
  0: "succeeded",
  1: "unattempted",
  2: "failed",
  3: "retrying",
  4: "canceled",
};

export function filterIn(body: z.output<typeof BULK_REPLAY_IN>): ReplayFilter {
  const { eventTypes, channel, tag, statusCodeClass } = body;
  const status = STATUSES[body.status ?? -1];
  return {
    ...(eventTypes && { eventTypes }),
    ...(channel && { channel }),
    ...(tag && { tag }),
    ...(status && { statuses: [status] }),
    ...(typeof statusCodeClass === "number" && { statusCodeClass }),
  };
}
