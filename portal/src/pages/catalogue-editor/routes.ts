import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoute } from "../../app/roots.ts";
import { readSearch } from "../../components/read-search.ts";

export const catalogueEditorRoutes = [
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "event-types",
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import("./event-types-page.tsx"), "EventTypesPage"),
  }),
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "event-types/new",
    component: lazyRouteComponent(() => import("./new-event-type-page.tsx"), "NewEventTypePage"),
  }),
  createRoute({
    getParentRoute: () => consoleRoute,
    path: "event-types/edit/$eventType",
    component: lazyRouteComponent(() => import("./event-type-page.tsx"), "EventTypePage"),
  }),
] as const;
