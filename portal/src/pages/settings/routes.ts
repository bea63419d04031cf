import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "settings",
    component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
  }),
] as const;
