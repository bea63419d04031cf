import { z } from "zod";
import { iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";

export const TASK_STATUS = z
  .enum(["running", "finished", "failed"])
  .meta({ id: "BackgroundTaskStatus" });

/** Some are only named: clients of this API know them, and none of them is ever begun here. */
const TYPE = z
  .enum([
    "endpoint.replay",
    "endpoint.recover",
    "application.stats",
    "message.broadcast",
    "sdk.generate",
    "event-type.aggregate",
    "application.purge_content",
    "endpoint.bulk-replay",
  ])
  .meta({ id: "BackgroundTaskType" });

const TASK = {
  id: z
    .string()
    .describe(
      "For its progress: GET /api/v1/background-task/{task_id}, or, of a recovery or replay also with an application's token, GET /api/v1/app/{app_id}/background-task/{task_id}",
    ),
  updatedAt: z.iso.datetime(),
};

/** What begins a task answers. */
const BEGUN = z.object({ ...TASK, status: TASK_STATUS, task: TYPE });

export const REPLAY_OUT = BEGUN.meta({ id: "ReplayOut" });
export const EXPUNGE_ALL_OUT = BEGUN.meta({ id: "ExpungeAllContentsOut" });
export const AGGREGATE_EVENT_TYPES_OUT = BEGUN.meta({ id: "AggregateEventTypesOut" });
export const APP_USAGE_OUT = BEGUN.extend({
  unresolvedAppIds: z.array(z.string()).describe("Those that there are not; the others count"),
}).meta({ id: "AppUsageStatsOut" });

/** Older clients know no other status and no other type of task. */
export const RECOVER_OUT = z
  .object({ ...TASK, status: z.enum(["running"]), task: z.enum(["endpoint.recover"]) })
  .meta({ id: "RecoverOut" });

export const BACKGROUND_TASK_OUT = z
  .object({
    ...TASK,
    status: TASK_STATUS,
    task: TYPE,
    data: z
      .record(z.string(), z.unknown())
      .describe(
        "What was done so far; `appId` and, if it is about one endpoint, `endpointId` say whose task " +
          "it is; `error` why it failed. Lists leave out what a task of the whole organization has " +
          "found: ask for it by its id",
      ),
  })
  .meta({ id: "BackgroundTaskOut" });

export const BACKGROUND_TASK_LIST_OUT = listOf(BACKGROUND_TASK_OUT, "BackgroundTaskOut");

export const BACKGROUND_TASKS_QUERY = z.object({
  status: TASK_STATUS.optional().describe("Only those that are so"),
  task: TYPE.optional().describe("Only tasks of this type"),
  limit: LIMIT,
  iterator: iterator("qtask").optional(),
  order: ORDER.default("descending").describe("By when they were begun"),
});
