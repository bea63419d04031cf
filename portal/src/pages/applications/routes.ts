import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";
import { readSearch } from "../../components/read-search.ts";

export const applicationRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "applications",
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import("./applications-page.tsx"), "ApplicationsPage"),
  }),
] as const;
