import { createRouter } from "@tanstack/react-router";
import { activityRoutes } from "../pages/activity/routes.ts";
import { endpointPageRoutes } from "../pages/endpoints/endpoint/routes.ts";
import { endpointRoutes } from "../pages/endpoints/routes.ts";
import { eventTypeRoutes } from "../pages/event-types/routes.ts";
import { messageRoutes } from "../pages/messages/routes.ts";
import { playRoutes } from "../pages/play/routes.ts";
import { consoleRoutes } from "./console-routes.ts";
import { consoleRoute, playRoute, portalIndexRoute, portalRoute, rootRoute } from "./roots.ts";

const routeTree = rootRoute.addChildren([
  portalRoute.addChildren([
    portalIndexRoute,
    ...endpointRoutes,
    ...endpointPageRoutes,
    ...eventTypeRoutes,
    ...messageRoutes,
    ...activityRoutes,
  ]),
  consoleRoute.addChildren([...consoleRoutes]),
  playRoute.addChildren([...playRoutes]),
]);

/** `basePath`: what stands before /portal, where a proxy has put us below a path. */
export function createAppRouter(basePath: string) {
  return createRouter({
    routeTree,
    basepath: basePath === "" ? "/" : basePath,
    scrollRestoration: true,
    defaultPreload: "intent",
  });
}

declare module "@tanstack/react-router" {
  // The router is told of its routes by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
