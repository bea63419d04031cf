import { ApiError } from "../api/api-error.ts";
import { answerOf, createApiClient } from "../api/client.ts";
import { forget, keep, kept } from "./kept.ts";

/** Who is signed in to the console. */
export type Operator = { readonly token: string; readonly organizationId: string };

const KEPT_OPERATOR = "posthorn-operator";

export function keptOperator(): Operator | undefined {
  // Only we write there, so it is what we kept.
  return kept(KEPT_OPERATOR) as Operator | undefined;
}

export function forgetOperator(): void {
  forget(KEPT_OPERATOR);
}

/** Throws an ApiError with a sentence if it is no token of an organization. */
export async function signIn(baseUrl: string, token: string): Promise<Operator> {
  const client = createApiClient({ baseUrl, token });
  const { appId, envId } = await answerOf(client.GET("/api/v1/auth/whoami"));
  if (appId !== null || envId === null) {
    throw new ApiError(403, {
      code: "not_an_operator",
      detail: "This is the token of one application. The console needs one of the organization.",
    });
  }
  const operator = { token, organizationId: envId };
  keep(KEPT_OPERATOR, operator);
  return operator;
}
