import type { Route } from "../route.ts";

type Asked = Pick<Route, "path" | "inTestMode">;

export const TEST_KEY_REFUSAL = "A test key works in sandboxes only: use a live key";

/**
 * Whether a test key may call a route. What a path names below an application is its sandbox's; the
 * rest is the organization's as a whole, unless the route says that it knows of test mode.
 */
export function worksInTestMode({ path, inTestMode }: Asked): boolean {
  return inTestMode ?? path.includes("{app_id}");
}
