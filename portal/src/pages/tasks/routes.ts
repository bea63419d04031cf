import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";
import { readTaskStatus } from "./task-status.ts";

export const taskRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "tasks",
    validateSearch: readTaskStatus,
    component: lazyRouteComponent(() => import("./tasks-page.tsx"), "TasksPage"),
  }),
] as const;
