import { wasCanceled } from "../../delivery/tasks/cancel-task.ts";
import type { ReplayTask, ReplayTaskQuery } from "../../store/catalogue-tasks.ts";
import { isReplay } from "../../store/catalogue-tasks.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type PathCall, type Route } from "../route.ts";
import {
  APPLICATION_TASKS_QUERY,
  REPLAY_TASK_LIST_OUT,
  REPLAY_TASK_OUT,
} from "./application-task-schemas.ts";
import { replayTaskOut } from "./background-task-record.ts";

type Deps = Pick<GatewayDeps, "applications" | "backgroundTasks" | "cancelTask">;

/** An application's own recoveries and replays, whoever began them. */
export function applicationTaskRoutes(deps: Deps): readonly Route[] {
  return [listTasks(deps), getTask(deps), cancelTask(deps)];
}

function listTasks(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/background-task",
    operationId: "v1.background-task.list-by-application",
    summary: "List an application's recoveries and replays",
    access: "application",
    query: APPLICATION_TASKS_QUERY,
    answers: { 200: REPLAY_TASK_LIST_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, call);
      const { status, endpoint_id: endpointId, order } = call.query;
      const asked: ReplayTaskQuery = {
        ...pageQuery(call.query, order),
        ...(status === undefined ? {} : { status }),
        ...(endpointId === undefined ? {} : { endpointId }),
      };
      const page = await deps.backgroundTasks.listReplays(id, asked);
      return listAnswer(page, (task) => task.id, replayTaskOut);
    },
  });
}

function getTask(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/background-task/{task_id}",
    operationId: "v1.background-task.get-by-application",
    summary: "Get a recovery or replay of an application: how far it is",
    access: "application",
    answers: { 200: REPLAY_TASK_OUT },
    handle: async (call) => ({ status: 200, body: replayTaskOut(await findTask(deps, call)) }),
  });
}

function cancelTask(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/background-task/{task_id}/cancel",
    operationId: "v1.background-task.cancel-by-application",
    summary: "Cancel a recovery or replay of an application: what it has sent stays sent",
    access: "application",
    capability: "CreateAttempts",
    answers: { 200: REPLAY_TASK_OUT },
    conflict: "The task has ended otherwise",
    async handle(call) {
      const task = await deps.cancelTask(await findTask(deps, call));
      if (!wasCanceled(task)) throw conflict(`The task has ended: it is ${task.status}`);
      if (!isReplay(task)) throw notFound();
      return { status: 200, body: replayTaskOut(task) };
    },
  });
}

/** Throws a ProblemError (404) if there is none, or it is another application's, or no replay. */
async function findTask(deps: Deps, call: PathCall): Promise<ReplayTask> {
  const { id } = await findApplication(deps, call);
  const task = await deps.backgroundTasks.findReplay(id, parameter(call, "task_id"));
  if (task === undefined) throw notFound();
  return task;
}
