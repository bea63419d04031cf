import type { Scope } from "../../domain/api-key.ts";
import type { Route } from "../route.ts";

type Asked = Pick<Route, "method" | "scope">;

/** What a key must be allowed for a route; null: every key may. */
export function scopeOf({ method, scope }: Asked): Scope | null {
  if (scope !== undefined) return scope;
  return method === "get" ? "read" : "manage";
}
