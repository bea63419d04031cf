import type { EndpointSecret } from "../../domain/records.ts";
import { generateSecret, shownSecret } from "../../signing/secret.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound, problem } from "../http/problem.ts";
import { route, type Route } from "../route.ts";
import { endpointsOfApplications, type EndpointsOf } from "./endpoints-of.ts";
import { ENDPOINT_SECRET_OUT, ENDPOINT_SECRET_ROTATE_IN } from "./secret-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "signatureType">;

const GRACE_PERIOD_S = 86_400;
const OLD_SECRETS_MAX = 10;
/** The contract's answer is empty, but the latest svix clients cannot read that: all of them get it. */
const READS_NEW_SECRET = /^svix-libs\//;

export function endpointSecretRoutes(
  deps: Deps,
  owner: EndpointsOf = endpointsOfApplications(deps),
): readonly Route[] {
  return [getSecret(deps, owner), rotateSecret(deps, owner)];
}

function getSecret(deps: Deps, { operations, path, access, one, find }: EndpointsOf): Route {
  return route({
    method: "get",
    path: `${path}/secret`,
    operationId: `${operations}.get-secret`,
    summary: `Get the secret of ${one}`,
    access,
    capability: "ViewEndpointSecret",
    scope: "manage",
    answers: { 200: ENDPOINT_SECRET_OUT },
    async handle(call) {
      const { id } = await find(call);
      const [current] = await deps.endpoints.secrets(id);
      if (current === undefined) throw notFound();
      return { status: 200, body: { key: shownSecret(current.key) } };
    },
  });
}

function rotateSecret(deps: Deps, { operations, path, access, one, find }: EndpointsOf): Route {
  return route({
    method: "post",
    path: `${path}/secret/rotate`,
    operationId: `${operations}.rotate-secret`,
    summary: `Give ${one} a new secret`,
    access,
    capability: "ManageEndpointSecret",
    body: ENDPOINT_SECRET_ROTATE_IN,
    example: { gracePeriodSeconds: 3_600 },
    answers: { 200: ENDPOINT_SECRET_OUT, 204: null },
    successes: { 200: "Done, told to one of svix's clients, which read it" },
    refusals: { 400: `${OLD_SECRETS_MAX} old secrets are still valid` },
    async handle(call) {
      const { id } = await find(call);
      const nowMs = Date.now();
      const key = call.body.key ?? generateSecret(deps.signatureType);
      const graceMs = (call.body.gracePeriodSeconds ?? GRACE_PERIOD_S) * 1_000;
      const change = (found: readonly EndpointSecret[]) => rotate(found, key, graceMs, nowMs);
      await deps.endpoints.changeSecrets(id, change, nowMs);
      if (!READS_NEW_SECRET.test(call.userAgent)) return { status: 204 };
      return { status: 200, body: { key: shownSecret(key) } };
    },
  });
}

function rotate(
  secrets: readonly EndpointSecret[],
  key: string,
  graceMs: number,
  nowMs: number,
): readonly EndpointSecret[] {
  const old = secrets
    .map((secret) => ({ ...secret, expiresAtMs: secret.expiresAtMs ?? nowMs + graceMs }))
    .filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  if (old.length > OLD_SECRETS_MAX) {
    const detail = `At most ${OLD_SECRETS_MAX} old secrets may still be valid: wait until one expires`;
    throw problem(400, "limit_reached", detail);
  }
  return [{ key, createdAtMs: nowMs, expiresAtMs: null }, ...old];
}
