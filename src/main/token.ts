import { CAPABILITIES } from "../gateway/access/capabilities.ts";
import { createSignToken } from "../gateway/access/sign-token.ts";
import { claimsOf, TOKEN_ISSUER } from "../gateway/access/token-claims.ts";
import type { TokenClaims } from "../store/catalogue-tokens.ts";

export type TokenSubject = {
  readonly organizationId: string;
  /** Confines the token to one application, by its id. */
  readonly applicationId?: string;
};

/** 10 years. */
const ORGANIZATION_TOKEN_LIFE_S = 315_576_000;
/** 28 days. */
const APPLICATION_TOKEN_LIFE_S = 2_419_200;

/** A bearer token for the API. */
export async function makeToken(
  jwtSecret: string,
  { organizationId, applicationId }: TokenSubject,
): Promise<string> {
  const sign = createSignToken(jwtSecret);
  const nowMs = Date.now();
  if (applicationId === undefined) return sign(organizationClaims(organizationId, nowMs));
  const may = { capabilities: CAPABILITIES, featureFlags: [], sessionId: null, sandboxId: null };
  const ids = { organizationId, applicationId };
  return sign(claimsOf({ ...ids, ...may, lifeS: APPLICATION_TOKEN_LIFE_S }, nowMs));
}

function organizationClaims(organizationId: string, nowMs: number): TokenClaims {
  const nowS = Math.floor(nowMs / 1_000);
  const exp = nowS + ORGANIZATION_TOKEN_LIFE_S;
  return { iss: TOKEN_ISSUER, sub: organizationId, iat: nowS, nbf: nowS, exp };
}
