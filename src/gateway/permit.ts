import type { Request } from "express";
import type { Authenticate, Principal } from "./authenticate.ts";
import { problem } from "./problem.ts";
import type { Route } from "./route.ts";

/** Who calls. Throws a ProblemError if it is nobody we know (401), or may not do this (403). */
export async function permit(
  authenticate: Authenticate,
  route: Route,
  request: Request,
): Promise<Principal> {
  const principal = await authenticate(request.headers.authorization);
  if (route.access === "organization" && principal.applicationId !== null) {
    throw problem(403, "insufficient_access", "Only a token of the organization may do this");
  }
  return principal;
}
