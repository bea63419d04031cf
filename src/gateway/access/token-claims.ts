import { hash, randomUUID } from "node:crypto";
import { z } from "zod";
import { MODES, SCOPES } from "../../domain/api-key.ts";
import { isId, isOrganizationId } from "../../domain/ids.ts";
import type { TokenClaims } from "../../store/catalogue-tokens.ts";
import { NAME } from "../input/fields.ts";
import { CAPABILITIES, capabilitiesGiven, type Capability } from "./capabilities.ts";
import type { Principal } from "./principal.ts";

export const TOKEN_ISSUER = "svix-server";
/** How far the clocks of who makes tokens and who reads them may differ. */
export const CLOCK_SKEW_S = 5;
const SESSION_ID_LENGTH_MAX = 64;
const TIME_S_MAX = 8_640_000_000_000;
/** Each is a condition of the statement that lists event types: SQLite takes no thousand. */
const FEATURE_FLAGS_MAX = 500;

/** The producer's name for whoever uses the token. */
export const SESSION_ID = z
  .string()
  .min(1)
  .max(SESSION_ID_LENGTH_MAX)
  .regex(/^[a-zA-Z0-9@_-]+$/, {
    error: "Input should consist of letters, digits, and the characters @ _ -",
  });

/** What a token of an application may do, and how long. */
type Grant = {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly capabilities: readonly Capability[];
  readonly featureFlags: readonly string[];
  readonly sessionId: string | null;
  /** The application's, which it is confined to in test mode; null in live mode. */
  readonly sandboxId: string | null;
  readonly lifeS: number;
};

export function claimsOf(grant: Grant, nowMs: number): TokenClaims {
  const issuedAtS = Math.floor(nowMs / 1_000);
  return {
    iss: TOKEN_ISSUER,
    sub: grant.applicationId,
    org: grant.organizationId,
    iat: issuedAtS,
    // A revocation tells the tokens before it from those after it, also within a second.
    iat_ms: nowMs,
    exp: issuedAtS + grant.lifeS,
    jti: randomUUID(),
    capabilities: grant.capabilities,
    feature_flags: grant.featureFlags,
    ...(grant.sessionId === null ? {} : { session_id: grant.sessionId }),
    ...(grant.sandboxId === null ? {} : { mode: "test", sandbox: grant.sandboxId }),
  };
}

/** Seconds since 1970, which may have fractions; as many as a Date can tell, and a database keep. */
const TIME_S = z.number().min(-TIME_S_MAX).max(TIME_S_MAX);

const APPLICATION_ID = z.string().refine((id) => isId("app", id));
const MODE = z.enum(MODES).default("live");

/** Producers who have the JWT secret make tokens themselves, which may say less. */
const APPLICATION_CLAIMS = z
  .object({
    sub: APPLICATION_ID,
    org: z.string().refine(isOrganizationId),
    iat: TIME_S.default(0),
    iat_ms: z
      .number()
      .min(-TIME_S_MAX * 1_000)
      .max(TIME_S_MAX * 1_000)
      .optional(),
    exp: TIME_S.optional(),
    capabilities: z.array(z.string()).default([...CAPABILITIES]),
    feature_flags: z.array(NAME).max(FEATURE_FLAGS_MAX).nullish(),
    session_id: SESSION_ID.nullish(),
    mode: MODE,
    sandbox: APPLICATION_ID.optional(),
  })
  .refine(({ mode, sandbox }) => (mode === "test") === (sandbox !== undefined));

/** undefined if they name neither an organization nor an application, or say something amiss. */
export function principalOf(claims: TokenClaims, token: string): Principal | undefined {
  const { sub } = claims;
  if (typeof sub === "string" && isOrganizationId(sub)) return organization(sub, claims);
  const { data } = APPLICATION_CLAIMS.safeParse(claims);
  if (data === undefined) return undefined;
  return {
    organizationId: data.org,
    applicationId: data.sub,
    mode: data.mode,
    scopes: SCOPES,
    capabilities: capabilitiesGiven(data.capabilities),
    featureFlags: data.feature_flags ?? [],
    token: {
      organizationId: data.org,
      // A sandbox's sessions are revoked apart from its application's.
      applicationId: data.sandbox ?? data.sub,
      id: tokenId(token),
      sessionId: data.session_id ?? null,
      issuedAtMs: Math.floor(data.iat_ms ?? data.iat * 1_000),
      expiresAtMs: data.exp === undefined ? null : Math.ceil((data.exp + CLOCK_SKEW_S) * 1_000),
    },
    apiKeyId: null,
  };
}

function organization(organizationId: string, claims: TokenClaims): Principal | undefined {
  const mode = MODE.safeParse(claims["mode"]);
  if (!mode.success) return undefined;
  return {
    organizationId,
    applicationId: null,
    mode: mode.data,
    scopes: SCOPES,
    capabilities: CAPABILITIES,
    featureFlags: null,
    token: null,
    apiKeyId: null,
  };
}

/**
 * Of what is signed: the signature itself can be written in more than one way. A key, which has no
 * dots, is told by all of it.
 */
export function tokenId(token: string): string {
  const signed = token.includes(".") ? token.slice(0, token.lastIndexOf(".")) : token;
  return hash("sha256", signed, "base64url");
}
