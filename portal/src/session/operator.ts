import { ApiError } from "../api/api-error.ts";
import { answerOf, createApiClient } from "../api/client.ts";
import type { ApiKeyMode, ApiKeyScope } from "../api/schema.d.ts";
import { forget, keep, kept } from "./kept.ts";

/** Who is signed in to the console, and what they may do there. */
export type Operator = {
  readonly token: string;
  readonly organizationId: string;
  readonly mode: ApiKeyMode;
  readonly scopes: readonly ApiKeyScope[];
};

const KEPT_OPERATOR = "posthorn-operator";

export function keptOperator(): Operator | undefined {
  // Only we write there, so it is what we kept.
  return kept(KEPT_OPERATOR) as Operator | undefined;
}

export function forgetOperator(): void {
  forget(KEPT_OPERATOR);
}

/** Throws an ApiError with a sentence if it is nothing that may look at an organization. */
export async function signIn(baseUrl: string, token: string): Promise<Operator> {
  const client = createApiClient({ baseUrl, token });
  const { appId, envId, mode, scopes } = await answerOf(client.GET("/api/v1/auth/whoami"));
  if (appId !== null || envId === null) {
    throw notAnOperator(
      "is the token of one application. The console needs one of the organization.",
    );
  }
  if (!scopes.includes("read")) {
    throw notAnOperator("may only send messages. The console needs one that may read.");
  }
  const operator = { token, organizationId: envId, mode, scopes };
  keep(KEPT_OPERATOR, operator);
  return operator;
}

function notAnOperator(why: string): ApiError {
  return new ApiError(422, { code: "not_an_operator", detail: `This ${why}` });
}
