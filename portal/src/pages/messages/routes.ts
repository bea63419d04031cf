import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../app/roots.ts";
import { readFilters } from "../../components/filters/filters.ts";

export const messageRoutes = [
  createRoute({
    getParentRoute: () => portalRoute,
    path: "messages",
    validateSearch: readFilters,
    component: lazyRouteComponent(() => import("./messages-page.tsx"), "MessagesPage"),
  }),
  createRoute({
    getParentRoute: () => portalRoute,
    path: "messages/$messageId",
    component: lazyRouteComponent(() => import("./message/message-page.tsx"), "MessagePage"),
  }),
] as const;
