import { createHash, timingSafeEqual } from "node:crypto";
import { jwtVerify, errors, type JWTPayload } from "jose";
import { isId, isOrganizationId } from "../domain/ids.ts";
import { problem, type ProblemError } from "./problem.ts";

/** Who calls: an organization, or (for the portal of one customer) an application of it. */
export type Principal = {
  readonly organizationId: string;
  /** null for an organization's token. */
  readonly applicationId: string | null;
};

/** Throws a ProblemError (401) unless the header carries a valid token. */
export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

export const TOKEN_ISSUER = "svix-server";
const VERIFIED_MAX = 10_000;
const CLOCK_SKEW_S = 5;

type Verified = { readonly principal: Principal; readonly untilMs: number };

/** Verifies HS256 bearer tokens. A verified token is remembered until it expires. */
export function createAuthenticate(jwtSecret: string): Authenticate {
  const key = new TextEncoder().encode(jwtSecret);
  const verified = new Map<string, Verified>();

  return async (authorization) => {
    const token = bearerToken(authorization);
    const known = verified.get(token);
    if (known !== undefined && known.untilMs > Date.now()) return known.principal;

    const claims = await verify(token, key, jwtSecret);
    const principal = principalOf(claims);
    if (verified.size >= VERIFIED_MAX) verified.clear();
    verified.set(token, { principal, untilMs: (claims.exp ?? Infinity) * 1_000 });
    return principal;
  };
}

function bearerToken(authorization: string | undefined): string {
  const match = /^Bearer +(\S+) *$/i.exec(authorization ?? "");
  if (match?.[1] === undefined) {
    throw unauthenticated('Invalid token: send the header "Authorization: Bearer <token>"');
  }
  return match[1];
}

async function verify(token: string, key: Uint8Array, jwtSecret: string): Promise<JWTPayload> {
  try {
    const options = { issuer: TOKEN_ISSUER, algorithms: ["HS256"], clockTolerance: CLOCK_SKEW_S };
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    if (isSame(token, jwtSecret)) {
      throw unauthenticated(
        "Invalid token: this is the JWT secret itself, which signs tokens and must stay on the " +
          "server. Make a token with: posthorn token --org org_…",
      );
    }
    if (error instanceof errors.JWTExpired) throw unauthenticated("Invalid token: it has expired");
    throw unauthenticated("Invalid token");
  }
}

function principalOf({ sub, org }: JWTPayload): Principal {
  if (sub !== undefined && isOrganizationId(sub)) {
    return { organizationId: sub, applicationId: null };
  }
  const isApplication = sub !== undefined && isId("app", sub);
  if (isApplication && typeof org === "string" && isOrganizationId(org)) {
    return { organizationId: org, applicationId: sub };
  }
  throw unauthenticated("Invalid token: its sub names neither an organization nor an application");
}

function isSame(token: string, secret: string): boolean {
  const [a, b] = [token, secret].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function unauthenticated(detail: string): ProblemError {
  return problem(401, "authentication_failed", detail);
}
