import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";

export const healthRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "health",
    component: lazyRouteComponent(() => import("./health-page.tsx"), "HealthPage"),
  }),
] as const;
