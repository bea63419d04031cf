import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { portalRoute } from "../../app/roots.ts";

export const eventTypeRoutes = [
  createRoute({
    getParentRoute: () => portalRoute,
    path: "event-types",
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import("./event-types-page.tsx"), "EventTypesPage"),
  }),
  createRoute({
    getParentRoute: () => portalRoute,
    path: "event-types/$eventType",
    validateSearch: readVersion,
    component: lazyRouteComponent(() => import("./event-type-page.tsx"), "EventTypePage"),
  }),
] as const;

function readSearch({ q }: Readonly<Record<string, unknown>>): { readonly q?: string } {
  const text = textOf(q);
  return text === "" ? {} : { q: text };
}

function readVersion({ version }: Readonly<Record<string, unknown>>): {
  readonly version?: string;
} {
  const text = textOf(version);
  return text === "" ? {} : { version: text };
}

/** The router has made numbers of what looks like one. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
