import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { playRoute } from "../../app/roots.ts";

export const playRoutes = [
  createRoute({
    getParentRoute: () => playRoute,
    path: "/",
    component: lazyRouteComponent(() => import("./no-play.tsx"), "WithoutPlay"),
  }),
  createRoute({
    getParentRoute: () => playRoute,
    path: "$playId",
    component: lazyRouteComponent(() => import("./play-page.tsx"), "PlayPage"),
  }),
] as const;
