import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../app/roots.ts";
import { readPeriod } from "./period.ts";

export const endpointRoutes = [
  createRoute({
    getParentRoute: () => portalRoute,
    path: "endpoints",
    validateSearch: readPeriod,
    component: lazyRouteComponent(() => import("./endpoints-page.tsx"), "EndpointsPage"),
  }),
  createRoute({
    getParentRoute: () => portalRoute,
    path: "endpoints/new",
    validateSearch: readUrl,
    component: lazyRouteComponent(() => import("./new/new-endpoint-page.tsx"), "NewEndpointPage"),
  }),
] as const;

/** A URL to begin with: other pages lead here with one. */
function readUrl({ url }: Readonly<Record<string, unknown>>): { readonly url?: string } {
  return typeof url === "string" && /^https?:\/\//.test(url) ? { url } : {};
}
