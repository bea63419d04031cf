import { z } from "zod";
import { NAME } from "../input/fields.ts";
import { iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";
import { BACKGROUND_TASK_OUT, TASK_STATUS } from "./background-task-schemas.ts";

const COUNT = z.int().min(0);

export const REPLAY_TASK_OUT = BACKGROUND_TASK_OUT.extend({
  endpointId: z.string(),
  createdAt: z.iso.datetime(),
  since: z.iso.datetime().describe("Messages from this time on"),
  until: z.iso.datetime().describe("Messages before this time"),
  data: z
    .object({
      found: COUNT.describe("Messages that it has come to so far; the others count among them"),
      sent: COUNT.describe("Attempted; or begun anew, of which is not said what comes of it"),
      messagesSent: COUNT.describe("The same as sent"),
      succeeded: COUNT,
      failed: COUNT,
      skipped: COUNT.describe("Their payload was deleted"),
      error: z.string().optional().describe("Why it failed"),
    })
    .meta({ id: "ReplayTaskData" }),
}).meta({ id: "ReplayTaskOut" });

export const REPLAY_TASK_LIST_OUT = listOf(REPLAY_TASK_OUT, "ReplayTaskOut");

export const APPLICATION_TASKS_QUERY = z.object({
  endpoint_id: NAME.optional().describe("Only those at this endpoint: its id"),
  status: TASK_STATUS.optional().describe("Only those that are so"),
  limit: LIMIT,
  iterator: iterator("qtask").optional(),
  order: ORDER.default("descending").describe("By when they were begun"),
});
