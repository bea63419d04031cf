import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../app/roots.ts";
import { readRange } from "./ranges.ts";

export const activityRoutes = [
  createRoute({
    getParentRoute: () => portalRoute,
    path: "activity",
    validateSearch: readRange,
    component: lazyRouteComponent(() => import("./activity-page.tsx"), "ActivityPage"),
  }),
] as const;
