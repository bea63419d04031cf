import type { z } from "zod";
import type { AttemptHeaders } from "../../domain/records.ts";
import { findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { isSensitive } from "../endpoints/endpoint-headers.ts";
import { notFound } from "../http/problem.ts";
import { parameter, route, type Route } from "../route.ts";
import { ATTEMPT_HEADERS_OUT } from "./attempt-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages" | "attemptHeaders">;

/** Why an endpoint answered 401: what is asked for is no secret. */
const CHALLENGES: ReadonlySet<string> = new Set(["www-authenticate", "proxy-authenticate"]);
/** A session with the endpoint's server. */
const COOKIES: ReadonlySet<string> = new Set(["set-cookie", "set-cookie2"]);

export function attemptHeaderRoutes(deps: Deps): readonly Route[] {
  return [getAttemptHeaders(deps)];
}

function getAttemptHeaders(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/headers",
    operationId: "v1.message-attempt.get-headers",
    summary: "Get the headers that an attempt sent, and those of its response",
    access: "application",
    answers: { 200: ATTEMPT_HEADERS_OUT },
    async handle(call) {
      const message = await findMessage(deps, call);
      const headers = await deps.attemptHeaders(message.id, parameter(call, "attempt_id"));
      if (headers === undefined) throw notFound();
      return { status: 200, body: attemptHeadersOut(headers) };
    },
  });
}

function attemptHeadersOut({
  sent,
  received,
}: AttemptHeaders): z.output<typeof ATTEMPT_HEADERS_OUT> {
  const shown = new Map<string, string>();
  const sensitive = new Set<string>();
  for (const [name, value] of Object.entries(sent)) {
    if (value === null || isSensitive(name)) sensitive.add(name);
    else shown.set(name, value);
  }
  for (const [name] of received) if (isSecretInAnswer(name)) sensitive.add(name);
  return {
    sentHeaders: Object.fromEntries(shown),
    responseHeaders: received.filter(([name]) => !isSecretInAnswer(name)),
    sensitive: [...sensitive],
  };
}

/** What an endpoint answers is its owner's to see, but for what would let somebody in there. */
function isSecretInAnswer(name: string): boolean {
  const lower = name.toLowerCase();
  return COOKIES.has(lower) || (isSensitive(lower) && !CHALLENGES.has(lower));
}
