import type { Request } from "express";
import { problem } from "../http/problem.ts";
import type { Route } from "../route.ts";
import type { Authenticate } from "./authenticate.ts";
import type { Principal } from "./principal.ts";
import { TEST_KEY_REFUSAL, worksInTestMode } from "./test-mode.ts";
import { scopeOf } from "./scope-of.ts";

type Asked = Pick<Route, "access" | "capability" | "method" | "path" | "scope" | "inTestMode">;

/** Who calls. Throws a ProblemError if it is nobody we know (401), or may not do this (403). */
export async function permit(
  authenticate: Authenticate,
  route: Asked,
  request: Request,
): Promise<Principal> {
  const principal = await authenticate(request.headers.authorization);
  const refusal =
    accessRefusal(principal, route) ??
    grantRefusal(principal, route) ??
    modeRefusal(principal, route);
  if (refusal !== undefined) throw problem(403, "insufficient_access", refusal);
  return principal;
}

function accessRefusal({ applicationId, ...caller }: Principal, { access }: Asked) {
  if (access === "application-only" && caller.token === null) {
    return "Only a token of an application may do this";
  }
  if (applicationId === null) return undefined;
  if (access === "organization") return "Only a token or key of the organization may do this";
  if (access === "publisher" && caller.apiKeyId === null) {
    return "Only a token or key of the organization, or a key of the application, may do this";
  }
  return undefined;
}

function grantRefusal({ scopes, capabilities }: Principal, route: Asked): string | undefined {
  const scope = scopeOf(route);
  if (scope !== null && !scopes.includes(scope)) {
    return `The key may not do this: it lacks the scope ${scope}`;
  }
  const { capability } = route;
  if (capability !== undefined && !capabilities.includes(capability)) {
    return `The token may not do this: it lacks the capability ${capability}`;
  }
  return undefined;
}

function modeRefusal({ mode }: Principal, route: Asked): string | undefined {
  return mode === "live" || worksInTestMode(route) ? undefined : TEST_KEY_REFUSAL;
}
