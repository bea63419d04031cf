import { createHash, timingSafeEqual } from "node:crypto";
import { jwtVerify, errors, type JWTPayload } from "jose";
import type { ApiKeys } from "../../store/catalogue-api-keys.ts";
import type { Tokens } from "../../store/catalogue-tokens.ts";
import { isLikeAKey } from "./api-key-text.ts";
import { createAuthenticateKey } from "./authenticate-key.ts";
import type { Principal } from "./principal.ts";
import { CLOCK_SKEW_S, principalOf, TOKEN_ISSUER } from "./token-claims.ts";
import { unauthenticated } from "./unauthenticated.ts";

/** Throws a ProblemError (401) unless the header carries a valid token, or a key that is good. */
export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

const VERIFIED_MAX = 10_000;

type Known = {
  readonly tokens: Pick<Tokens, "isGood">;
  readonly apiKeys: Pick<ApiKeys, "findBySecret" | "noteUse">;
};

/**
 * Takes keys, and verifies HS256 bearer tokens. Whether an application's was revoked is asked of the store each
 * time; an organization's, which sends the messages, costs no query.
 */
export function createAuthenticate(jwtSecret: string, { tokens, apiKeys }: Known): Authenticate {
  const verify = createVerify(jwtSecret);
  const authenticateKey = createAuthenticateKey(apiKeys);
  return async (authorization) => {
    const token = bearerToken(authorization);
    if (isLikeAKey(token)) return authenticateKey(token);
    const principal = await verify(token);
    if (principal.token !== null && !(await tokens.isGood(principal.token, Date.now()))) {
      throw unauthenticated("Invalid token: it was revoked, or its application is not there");
    }
    return principal;
  };
}

type Verified = { readonly principal: Principal; readonly untilMs: number };

/** A verified token is remembered until it expires. */
function createVerify(jwtSecret: string): (token: string) => Promise<Principal> {
  const key = new TextEncoder().encode(jwtSecret);
  const verified = new Map<string, Verified>();

  return async (token) => {
    const known = verified.get(token);
    if (known !== undefined && known.untilMs > Date.now()) return known.principal;

    const claims = await verifiedClaims(token, key, jwtSecret);
    const principal = principalOf(claims, token);
    if (principal === undefined) {
      throw unauthenticated(
        "Invalid token: its sub names neither an organization nor an application, or a claim of " +
          "an application's token (org, capabilities, feature_flags, session_id, mode, sandbox) is not as it should be",
      );
    }
    if (verified.size >= VERIFIED_MAX) verified.clear();
    verified.set(token, { principal, untilMs: (claims.exp ?? Infinity) * 1_000 });
    return principal;
  };
}

function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer +(\S+) *$/i.exec(authorization ?? "");
  if (match?.[1] === undefined) {
    throw unauthenticated('Invalid token: send the header "Authorization: Bearer <token or key>"');
  }
  return match[1];
}

async function verifiedClaims(
  token: string,
  key: Uint8Array,
  jwtSecret: string,
): Promise<JWTPayload> {
  try {
    const options = { issuer: TOKEN_ISSUER, algorithms: ["HS256"], clockTolerance: CLOCK_SKEW_S };
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    if (isSame(token, jwtSecret)) {
      throw unauthenticated(
        "Invalid token: this is the JWT secret itself, which signs tokens and must stay on the " +
          "server. Make a token with: npm run -s posthorn -- token --org org_…",
      );
    }
    if (error instanceof errors.JWTExpired) throw unauthenticated("Invalid token: it has expired");
    throw unauthenticated("Invalid token");
  }
}

function isSame(token: string, secret: string): boolean {
  const [a, b] = [token, secret].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
