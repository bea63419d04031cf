import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";

export const applicationRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "applications",
    component: lazyRouteComponent(() => import("./applications-page.tsx"), "ApplicationsPage"),
  }),
] as const;
