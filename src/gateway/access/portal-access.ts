import { hash, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Exchange, TokenClaims } from "../../store/catalogue-tokens.ts";
import { createUnlessThere } from "../applications/create-unless-there.ts";
import { findApplication, findCustomer } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { problem } from "../http/problem.ts";
import { route, type Answer, type PathCall, type Route } from "../route.ts";
import {
  APP_PORTAL_ACCESS_IN,
  APP_PORTAL_ACCESS_OUT,
  LIFE_MAX_S,
  ONE_TIME_TOKEN_IN,
  ONE_TIME_TOKEN_OUT,
} from "./authentication-schemas.ts";
import { CAPABILITIES, capabilitiesGiven, type Capability } from "./capabilities.ts";
import { claimsOf, principalOf } from "./token-claims.ts";

type Deps = Pick<GatewayDeps, "applications" | "tokens" | "signToken">;
type Access = z.output<typeof APP_PORTAL_ACCESS_IN>;

const ONE_TIME_TOKEN_BYTES = 32;

/** How a customer gets into the portal: by a link that the producer asked for. */
export function portalAccessRoutes(deps: Deps): readonly Route[] {
  return [giveAccess(deps), giveDashboardAccess(deps), exchangeOneTimeToken(deps)];
}

function giveAccess(deps: Deps): Route {
  return route({
    method: "post",
    path: "/auth/app-portal-access/{app_id}",
    operationId: "v1.authentication.app-portal-access",
    summary: "Get a token of an application, and a link that opens its portal",
    access: "organization",
    body: APP_PORTAL_ACCESS_IN,
    example: { capabilities: ["ViewBase", "CreateAttempts"], sessionId: "ida", expiry: 86_400 },
    answers: { 200: APP_PORTAL_ACCESS_OUT },
    async handle(call) {
      const { application } = call.body;
      if (application) await createUnlessThere(deps, call, application);
      return access(deps, call, call.body);
    },
  });
}

function giveDashboardAccess(deps: Deps): Route {
  return route({
    method: "post",
    path: "/auth/dashboard-access/{app_id}",
    operationId: "v1.authentication.dashboard-access",
    summary: "Get a token of an application that may do all that one may",
    access: "organization",
    isDeprecated: true,
    answers: { 200: APP_PORTAL_ACCESS_OUT },
    handle: (call) => access(deps, call, {}),
  });
}

/** The link carries no token that could be used again: it ends up in histories and logs. */
async function access(
  deps: Deps,
  call: PathCall & { readonly publicUrl: string },
  { capabilities, readOnly, featureFlags, sessionId, expiry }: Access,
): Promise<Answer> {
  const { id: applicationId, organizationId } = await findCustomer(deps, call);
  const sandboxId = call.principal.mode === "test" ? (await findApplication(deps, call)).id : null;
  const nowMs = Date.now();
  const lifeS = expiry ?? LIFE_MAX_S;
  const claims = claimsOf(
    {
      organizationId,
      applicationId,
      capabilities: readOnly
        ? capabilitiesGiven([])
        : capabilitiesGiven(capabilities ?? CAPABILITIES),
      featureFlags: featureFlags ?? [],
      sessionId: sessionId ?? null,
      sandboxId,
      lifeS,
    },
    nowMs,
  );
  const oneTimeToken = randomBytes(ONE_TIME_TOKEN_BYTES).toString("base64url");
  const expiresAtMs = nowMs + lifeS * 1_000;
  await deps.tokens.keepOneTimeToken({ hash: hashOf(oneTimeToken), claims, expiresAtMs }, nowMs);

  const key = Buffer.from(JSON.stringify({ appId: applicationId, oneTimeToken }));
  const url = `${call.publicUrl}/portal#key=${key.toString("base64url")}`;
  return { status: 200, body: { url, token: await deps.signToken(claims) } };
}

function exchangeOneTimeToken(deps: Deps): Route {
  return route({
    method: "post",
    path: "/auth/one-time-token",
    operationId: "v1.authentication.exchange-one-time-token",
    summary: "Get the token of a portal's session for what its link carries, once",
    access: "anyone",
    body: ONE_TIME_TOKEN_IN,
    example: { oneTimeToken: "q0tZb2kQhDJxW0Yp8cS5vXn1Lr7fUe3Aa9GmTi4Ks6w" },
    answers: { 200: ONE_TIME_TOKEN_OUT },
    refusals: {
      401: "The one-time token is unknown, was used, has expired, or its session was revoked",
    },
    async handle({ body }) {
      const exchanged = await deps.tokens.exchange(hashOf(body.oneTimeToken), Date.now());
      if (exchanged.kind !== "exchanged") throw refused(exchanged.kind);
      const token = await deps.signToken(exchanged.claims);
      const capabilities = await capabilitiesOf(deps, exchanged.claims, token);
      return { status: 200, body: { token, capabilities } };
    },
  });
}

/** Throws a ProblemError (401) if the session was revoked before anybody opened it. */
async function capabilitiesOf(
  { tokens }: Deps,
  claims: TokenClaims,
  token: string,
): Promise<readonly Capability[]> {
  const principal = principalOf(claims, token);
  const issued = principal?.token ?? null;
  const isGood = issued !== null && (await tokens.isGood(issued, Date.now()));
  if (principal === undefined || !isGood) throw refused("revoked");
  return principal.capabilities;
}

function hashOf(oneTimeToken: string): string {
  return hash("sha256", oneTimeToken, "base64url");
}

type Refusal = Exclude<Exchange["kind"], "exchanged"> | "revoked";

const REFUSALS: Readonly<Record<Refusal, string>> = {
  unknown: "There is no such one-time token, or it expired some time ago",
  used: "The one-time token was used already: ask for a new link",
  expired: "The one-time token has expired: ask for a new link",
  revoked: "The one-time token's session was revoked: ask for a new link",
};

function refused(kind: Refusal) {
  return problem(401, `one_time_token_${kind}`, REFUSALS[kind]);
}
