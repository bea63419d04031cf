import { problem, type ProblemError } from "../http/problem.ts";

export function unauthenticated(detail: string): ProblemError {
  return problem(401, "authentication_failed", detail);
}
