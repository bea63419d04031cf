import { z } from "zod";
import { EVENT_TYPES } from "../input/history-query.ts";
import { TIME } from "../input/times.ts";
import { STATS_QUERY } from "./stats-range.ts";

const COUNT = z.int().min(0);
const NONE = COUNT.describe("0: what is canceled is not attempted");
const ONLY_EVENT_TYPES = EVENT_TYPES.optional().describe("Only of these, with commas between");

export const APP_STATS_QUERY = STATS_QUERY.extend({ event_types: ONLY_EVENT_TYPES });

export const APP_STATS_OUT = z
  .object({
    by_event_type: z
      .record(
        z.string(),
        z
          .object({ success: COUNT, failure: COUNT, canceled: NONE })
          .meta({ id: "AppAttemptEventTypeStats" }),
      )
      .describe("Of those that had an attempt"),
    total_success: COUNT,
    total_failure: COUNT,
    total_canceled: NONE,
    since: z.iso.datetime(),
    until: z.iso.datetime().describe("Not counted itself"),
  })
  .meta({ id: "AppAttemptStatsOut" });

export const PERIOD = z.enum(["OneDay", "OneHour", "FiveMinutes"]).meta({ id: "StatisticsPeriod" });

export const SERIES_QUERY = z.object({
  startDate: TIME.optional().describe(
    "In the first period; by default 28 days, 48 hours or 3 hours before the last",
  ),
  endDate: TIME.optional().describe("In the last period, or its end; now by default"),
  period: PERIOD.default("OneDay").describe("How long a period is; they begin by UTC"),
  event_types: ONLY_EVENT_TYPES,
});

export const COUNTS = z.array(COUNT).readonly();

export const SERIES_OUT = z
  .object({
    startDate: z.iso.datetime().describe("When the first period begins"),
    endDate: z.iso.datetime().describe("When the last period ends"),
    period: PERIOD,
    data: z
      .object({
        successCount: COUNTS.describe("One number for each period, oldest first"),
        failureCount: COUNTS,
        canceledCount: COUNTS.describe("Zeros: what is canceled is not attempted"),
      })
      .meta({ id: "AttemptStatisticsData" }),
  })
  .meta({ id: "AttemptStatisticsResponse" });
