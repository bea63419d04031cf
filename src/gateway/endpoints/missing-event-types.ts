import type { GatewayDeps } from "../deps.ts";
import type { Principal } from "../access/principal.ts";

/** Those of the names that no event type has that is live, and that the caller sees. */
export async function missingEventTypes(
  { eventTypes }: Pick<GatewayDeps, "eventTypes">,
  { organizationId, featureFlags }: Pick<Principal, "organizationId" | "featureFlags">,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const known = await eventTypes.known(organizationId, names, featureFlags);
  return names.filter((name) => !known.has(name));
}
