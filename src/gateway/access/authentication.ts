import { setTimeout as delay } from "node:timers/promises";
import type { RevokedTokens } from "../../store/catalogue-tokens.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { EXPIRE_ALL_IN, WHOAMI_OUT } from "./authentication-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "tokens">;

export function authenticationRoutes(deps: Deps): readonly Route[] {
  return [whoami(), logout(deps), expireAll(deps)];
}

function whoami(): Route {
  return route({
    method: "get",
    path: "/auth/whoami",
    operationId: "v1.authentication.whoami",
    summary: "Get what the call's token or key stands for",
    access: "application",
    scope: null,
    inTestMode: true,
    answers: { 200: WHOAMI_OUT },
    reserved: [400],
    handle({ principal }) {
      const { organizationId, applicationId, capabilities, featureFlags, token } = principal;
      const { mode, scopes, apiKeyId } = principal;
      const body = {
        envId: organizationId,
        appId: applicationId,
        streamAppId: null,
        permissionSource: apiKeyId === null ? "SvixJwt" : "RegionalAuthToken",
        sessionId: token?.sessionId ?? null,
        capabilities,
        featureFlags,
        mode,
        scopes,
        apiKeyId,
      };
      return Promise.resolve({ status: 200, body });
    },
  });
}

function logout({ tokens }: Deps): Route {
  return route({
    method: "post",
    path: "/auth/logout",
    operationId: "v1.authentication.logout",
    summary: "Revoke the call's own token, at once",
    access: "application-only",
    scope: null,
    inTestMode: true,
    answers: { 204: null },
    // The tokens of one application share their keys, and each has to be revoked.
    idempotency: "own",
    async handle({ principal: { token } }) {
      if (token === null) throw new Error("Only an application's token may come here");
      const { applicationId, id, issuedAtMs, expiresAtMs } = token;
      const nowMs = Date.now();
      const revocation = {
        applicationId,
        tokens: { kind: "one", id, expiresAtMs },
        issuedUntilMs: issuedAtMs,
        effectiveAtMs: nowMs,
      } as const;
      await tokens.revoke(revocation, nowMs);
      return { status: 204 };
    },
  });
}

function expireAll(deps: Deps): Route {
  return route({
    method: "post",
    path: "/auth/app/{app_id}/expire-all",
    operationId: "v1.authentication.expire-all",
    summary: "Revoke all tokens of an application, or those of some sessions",
    access: "organization",
    body: EXPIRE_ALL_IN,
    example: { expiry: 60, sessionIds: ["ida"] },
    answers: { 204: null },
    async handle(call) {
      const { id: applicationId } = await findApplication(deps, call);
      const nowMs = Date.now();
      const { expiry, sessionIds } = call.body;
      const effectiveAtMs = nowMs + (expiry ?? 0) * 1_000;
      const tokens = revoked(sessionIds ?? []);
      const revocation = { applicationId, tokens, issuedUntilMs: nowMs, effectiveAtMs };
      await deps.tokens.revoke(revocation, nowMs);
      await passing(nowMs);
      return { status: 204 };
    },
  });
}

function revoked(sessionIds: readonly string[]): RevokedTokens {
  return sessionIds.length === 0 ? { kind: "all" } : { kind: "sessions", sessionIds };
}

/** Whoever is answered may make a token at once, which must not be of the millisecond revoked. */
async function passing(timeMs: number): Promise<void> {
  while (Date.now() <= timeMs) await delay(1);
}
