import type { EndpointHeaders } from "../domain/records.ts";
import type { GatewayDeps } from "./deps.ts";
import {
  ENDPOINT_HEADERS_IN,
  ENDPOINT_HEADERS_OUT,
  ENDPOINT_HEADERS_PATCH_IN,
} from "./endpoint-header-schemas.ts";
import { findEndpoint } from "./find-application.ts";
import { route, type Route } from "./route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints">;

const PATH = "/app/{app_id}/endpoint/{endpoint_id}/headers";

/** Headers whose values are credentials: they can be set, but never read again. */
const SENSITIVE_NAMES: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authenticate",
  "proxy-authorization",
  "www-authenticate",
  "x-api-key",
  "x-auth-token",
]);

export function endpointHeaderRoutes(deps: Deps): readonly Route[] {
  return [getHeaders(deps), updateHeaders(deps), patchHeaders(deps)];
}

function getHeaders(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.endpoint.get-headers",
    summary: "Get the headers that are added to an endpoint's attempts",
    access: "application",
    answers: { 200: ENDPOINT_HEADERS_OUT },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      const headers = Object.entries(await deps.endpoints.headers(id));
      const shown = headers.filter(([name]) => !isSensitive(name));
      const sensitive = headers.map(([name]) => name).filter(isSensitive);
      return { status: 200, body: { headers: Object.fromEntries(shown), sensitive } };
    },
  });
}

function updateHeaders(deps: Deps): Route {
  return route({
    method: "put",
    path: PATH,
    operationId: "v1.endpoint.update-headers",
    summary: "Replace the headers that are added to an endpoint's attempts",
    access: "application",
    body: ENDPOINT_HEADERS_IN,
    example: { headers: { "x-tenant": "acme" } },
    answers: { 204: null },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      await deps.endpoints.changeHeaders(id, () => call.body.headers, Date.now());
      return { status: 204 };
    },
  });
}

function patchHeaders(deps: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "v1.endpoint.patch-headers",
    summary: "Set or remove some of the headers that are added to an endpoint's attempts",
    access: "application",
    body: ENDPOINT_HEADERS_PATCH_IN,
    example: { headers: { "x-tenant": "acme", "x-older": null } },
    answers: { 204: null },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      const { headers, deleteHeaders } = call.body;
      const removals = (deleteHeaders ?? []).map((name) => [name, null] as const);
      const changes = { ...Object.fromEntries(removals), ...headers };
      const change = (found: EndpointHeaders) => patched(found, changes);
      await deps.endpoints.changeHeaders(id, change, Date.now());
      return { status: 204 };
    },
  });
}

/** Names are matched in any spelling; the newest spelling is kept. */
function patched(
  headers: EndpointHeaders,
  changes: Readonly<Record<string, string | null>>,
): EndpointHeaders {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !changed.has(name.toLowerCase()));
  const set = Object.entries(changes).filter(
    (change): change is [string, string] => change[1] !== null,
  );
  return Object.fromEntries([...kept, ...set]);
}

function isSensitive(name: string): boolean {
  return SENSITIVE_NAMES.has(name.toLowerCase());
}
