import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";

export const apiKeyRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "api-keys",
    component: lazyRouteComponent(() => import("./api-keys-page.tsx"), "ApiKeysPage"),
  }),
] as const;
