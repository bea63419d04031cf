import type { Scope } from "../../domain/api-key.ts";
import type { ApiKeys, PresentedKey } from "../../store/catalogue-api-keys.ts";
import { isWholeKey, keyHash } from "./api-key-text.ts";
import { CAPABILITIES, capabilitiesGiven, type Capability } from "./capabilities.ts";
import type { Principal } from "./principal.ts";
import { createRememberedKeys } from "./remembered-keys.ts";
import { unauthenticated } from "./unauthenticated.ts";

/** Whose key it is. Throws a ProblemError (401) that says why it is good no longer. */
export type AuthenticateKey = (text: string) => Promise<Principal>;

export function createAuthenticateKey(
  apiKeys: Pick<ApiKeys, "findBySecret" | "noteUse">,
): AuthenticateKey {
  const findKey = createRememberedKeys(apiKeys);
  return async (text) => {
    if (!isWholeKey(text)) {
      throw unauthenticated("Invalid key: it is mistyped or cut off, for its checksum is wrong");
    }
    const found = await findKey(keyHash(text));
    const refusal = refusalOf(found, Date.now());
    if (found === undefined || refusal !== undefined) throw unauthenticated(refusal ?? UNKNOWN);
    return principalOfKey(found);
  };
}

const UNKNOWN = "Invalid key: there is no such key here";

function refusalOf(found: PresentedKey | undefined, nowMs: number): string | undefined {
  if (found === undefined) return UNKNOWN;
  if (found.revokedAtMs !== null) return "Invalid key: it was revoked";
  if ((found.secretEndsAtMs ?? Infinity) <= nowMs) {
    return "Invalid key: it was rotated, and its grace period is over: use the new one";
  }
  return (found.key.expiresAtMs ?? Infinity) <= nowMs ? "Invalid key: it has expired" : undefined;
}

function principalOfKey({ key }: PresentedKey): Principal {
  const { id, organizationId, applicationId, mode, scopes } = key;
  return {
    organizationId,
    applicationId,
    mode,
    scopes,
    capabilities: capabilitiesOf(scopes),
    featureFlags: applicationId === null ? null : [],
    token: null,
    apiKeyId: id,
  };
}

function capabilitiesOf(scopes: readonly Scope[]): readonly Capability[] {
  if (scopes.includes("manage")) return CAPABILITIES;
  return capabilitiesGiven(scopes.includes("publish") ? ["CreateAttempts"] : []);
}
