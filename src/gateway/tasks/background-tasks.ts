import type { TaskType } from "../../domain/background-task.ts";
import type { TaskQuery } from "../../store/catalogue-tasks.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type Route } from "../route.ts";
import { backgroundTaskOut, listedTaskOut } from "./background-task-record.ts";
import {
  BACKGROUND_TASK_LIST_OUT,
  BACKGROUND_TASK_OUT,
  BACKGROUND_TASKS_QUERY,
} from "./background-task-schemas.ts";

type Deps = Pick<GatewayDeps, "backgroundTasks">;

export function backgroundTaskRoutes(deps: Deps): readonly Route[] {
  return [listTasks(deps), getTask(deps)];
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

function getTask({ backgroundTasks }: Deps): Route {
  return route({
    method: "get",
    path: "/background-task/{task_id}",
    operationId: "v1.background-task.get",
    summary: "Get a background task: how far it is, and what came of it",
    access: "organization",
    answers: { 200: BACKGROUND_TASK_OUT },
    async handle(call) {
      const { organizationId } = call.principal;
      const task = await backgroundTasks.find(organizationId, parameter(call, "task_id"));
      if (task === undefined) throw notFound();
      return { status: 200, body: backgroundTaskOut(task) };
    },
  });
}
