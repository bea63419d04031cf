import { createRootRoute, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { NotFound } from "../shell/not-found.tsx";
import { Crash } from "../shell/crash.tsx";

/** The places that the routes of the pages hang below. */
export const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: Crash });

export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "portal",
  component: lazyRouteComponent(() => import("../shell/portal-shell.tsx"), "PortalShell"),
});

export const portalIndexRoute = createRoute({
  getParentRoute: () => portalRoute,
  path: "/",
  beforeLoad: () => {
    // How the router wants to be told.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: "/portal/endpoints", replace: true });
  },
});
