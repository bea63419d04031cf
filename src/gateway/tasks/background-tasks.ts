import { wasCanceled } from "../../delivery/tasks/cancel-task.ts";
import type { BackgroundTask, TaskType } from "../../domain/background-task.ts";
import type { TaskQuery } from "../../store/catalogue-tasks.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type Call, type Route } from "../route.ts";
import { backgroundTaskOut, listedTaskOut } from "./background-task-record.ts";
import {
  BACKGROUND_TASK_LIST_OUT,
  BACKGROUND_TASK_OUT,
  BACKGROUND_TASKS_QUERY,
} from "./background-task-schemas.ts";

type Deps = Pick<GatewayDeps, "backgroundTasks" | "cancelTask">;

export function backgroundTaskRoutes(deps: Deps): readonly Route[] {
  return [listTasks(deps), getTask(deps), cancelTask(deps)];
}

function listTasks({ backgroundTasks }: Deps): Route {
  return route({
    method: "get",
    path: "/background-task",
    operationId: "v1.background-task.list",
    summary: "List background tasks",
    access: "organization",
    query: BACKGROUND_TASKS_QUERY,
    answers: { 200: BACKGROUND_TASK_LIST_OUT },
    async handle({ query, principal }) {
      const { status, task, order } = query;
      // A type that is only named finds none.
      const type = task as TaskType | undefined;
      const asked: TaskQuery = {
        ...pageQuery(query, order),
        ...(status === undefined ? {} : { status }),
        ...(type === undefined ? {} : { type }),
      };
      const page = await backgroundTasks.list(principal.organizationId, asked);
      return listAnswer(page, ({ id }) => id, listedTaskOut);
    },
  });
}

function getTask(deps: Deps): Route {
  return route({
    method: "get",
    path: "/background-task/{task_id}",
    operationId: "v1.background-task.get",
    summary: "Get a background task: how far it is, and what came of it",
    access: "organization",
    answers: { 200: BACKGROUND_TASK_OUT },
    handle: async (call) => ({ status: 200, body: backgroundTaskOut(await findTask(deps, call)) }),
  });
}

function cancelTask(deps: Deps): Route {
  return route({
    method: "post",
    path: "/background-task/{task_id}/cancel",
    operationId: "v1.background-task.cancel",
    summary: "Cancel a background task: it fails, and what it has done stays done",
    access: "organization",
    answers: { 200: BACKGROUND_TASK_OUT },
    conflict: "The task has ended otherwise",
    async handle(call) {
      const task = await deps.cancelTask(await findTask(deps, call));
      if (!wasCanceled(task)) throw conflict(`The task has ended: it is ${task.status}`);
      return { status: 200, body: backgroundTaskOut(task) };
    },
  });
}

async function findTask(
  { backgroundTasks }: Deps,
  call: Pick<Call<unknown, unknown>, "principal" | "params">,
): Promise<BackgroundTask> {
  const { organizationId } = call.principal;
  const task = await backgroundTasks.find(organizationId, parameter(call, "task_id"));
  if (task === undefined) throw notFound();
  return task;
}
