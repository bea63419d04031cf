import type { Request } from "express";
import { problem } from "../http/problem.ts";
import type { Route } from "../route.ts";
import type { Authenticate } from "./authenticate.ts";
import type { Principal } from "./principal.ts";

type Asked = Pick<Route, "access" | "capability">;

/** Who calls. Throws a ProblemError if it is nobody we know (401), or may not do this (403). */
export async function permit(
  authenticate: Authenticate,
  route: Asked,
  request: Request,
): Promise<Principal> {
  const principal = await authenticate(request.headers.authorization);
  const refusal = refusalOf(principal, route);
  if (refusal !== undefined) throw problem(403, "insufficient_access", refusal);
  return principal;
}

function refusalOf(principal: Principal, { access, capability }: Asked): string | undefined {
  const isApplication = principal.applicationId !== null;
  if (access === "organization" && isApplication) {
    return "Only a token of the organization may do this";
  }
  if (access === "application-only" && !isApplication) {
    return "Only a token of an application may do this";
  }
  if (capability !== undefined && !principal.capabilities.includes(capability)) {
    return `The token may not do this: it lacks the capability ${capability}`;
  }
  return undefined;
}
