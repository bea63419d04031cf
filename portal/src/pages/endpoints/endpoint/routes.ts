import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../../app/roots.ts";
import { readOverviewSearch } from "./overview/overview-search.ts";

const endpointRoute = createRoute({
  getParentRoute: () => portalRoute,
  path: "endpoints/$endpointId",
  component: lazyRouteComponent(() => import("./endpoint-page.tsx"), "EndpointPage"),
});

const overviewRoute = createRoute({
  getParentRoute: () => endpointRoute,
  path: "/",
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import("./overview/overview.tsx"), "Overview"),
});

const testingRoute = createRoute({
  getParentRoute: () => endpointRoute,
  path: "testing",
  validateSearch: readTestingSearch,
  component: lazyRouteComponent(() => import("./testing/testing.tsx"), "Testing"),
});

const advancedRoute = createRoute({
  getParentRoute: () => endpointRoute,
  path: "advanced",
  component: lazyRouteComponent(() => import("./advanced/advanced.tsx"), "Advanced"),
});

/** One endpoint, and what its tabs show. */
export const endpointPageRoutes = [
  endpointRoute.addChildren([overviewRoute, testingRoute, advancedRoute]),
] as const;

function readTestingSearch({ type }: Readonly<Record<string, unknown>>): {
  readonly type?: string;
} {
  return typeof type === "string" && type !== "" ? { type } : {};
}
