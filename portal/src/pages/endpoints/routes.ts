import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../app/roots.ts";

export const endpointRoutes = [
  createRoute({
    getParentRoute: () => portalRoute,
    path: "endpoints",
    component: lazyRouteComponent(() => import("./endpoints-page.tsx"), "EndpointsPage"),
  }),
] as const;
