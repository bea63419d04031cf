import { createRootRoute, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { NotFound } from "../shell/not-found.tsx";
import { Crash } from "../shell/crash.tsx";

/** The places that the routes of the pages hang below. */
export const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: Crash });

export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "portal",
  component: lazyRouteComponent(() => import("../shell/portal-shell.tsx"), "PortalShell"),
  notFoundComponent: NotFound,
});

/** The operator's, for all applications of the organization. */
export const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "console",
  component: lazyRouteComponent(() => import("../shell/console-shell.tsx"), "ConsoleShell"),
  notFoundComponent: NotFound,
});

/** Public: whoever has the id of a request bin sees what is in it. */
export const playRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "play",
  component: lazyRouteComponent(() => import("../shell/play-shell.tsx"), "PlayShell"),
});

export const consoleIndexRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/",
  beforeLoad: () => {
    // How the router wants to be told.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: "/console/applications", replace: true });
  },
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
