import { formatHeaderNames } from "../../domain/request-format.ts";
import type { EndpointHeaders } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalid } from "../http/problem.ts";
import { route, type Route } from "../route.ts";
import {
  ENDPOINT_HEADERS_IN,
  ENDPOINT_HEADERS_OUT,
  ENDPOINT_HEADERS_PATCH_IN,
} from "./endpoint-header-schemas.ts";
import { endpointsOfApplications, type EndpointsOf } from "./endpoints-of.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "requestFormats">;

/** Headers whose values are credentials: they can be set, but never read again. */
const SENSITIVE_NAMES: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authenticate",
  "proxy-authorization",
  "www-authenticate",
  "x-api-key",
  "x-auth-token",
]);

export function endpointHeaderRoutes(
  deps: Deps,
  owner: EndpointsOf = endpointsOfApplications(deps),
): readonly Route[] {
  return [getHeaders(deps, owner), updateHeaders(deps, owner), patchHeaders(deps, owner)];
}

function getHeaders(deps: Deps, { operations, path, access, one, find }: EndpointsOf): Route {
  return route({
    method: "get",
    path: `${path}/headers`,
    operationId: `${operations}.get-headers`,
    summary: `Get the headers of ${one}`,
    access,
    answers: { 200: ENDPOINT_HEADERS_OUT },
    async handle(call) {
      const { id } = await find(call);
      const headers = Object.entries(await deps.endpoints.headers(id));
      const shown = headers.filter(([name]) => !isSensitive(name));
      const sensitive = headers.map(([name]) => name).filter(isSensitive);
      return { status: 200, body: { headers: Object.fromEntries(shown), sensitive } };
    },
  });
}

function updateHeaders(deps: Deps, owner: EndpointsOf): Route {
  const { operations, path, access, one, find } = owner;
  return route({
    method: "put",
    path: `${path}/headers`,
    operationId: `${operations}.${access === "organization" ? "set" : "update"}-headers`,
    summary: `Replace the headers of ${one}`,
    access,
    capability: "ManageEndpoint",
    body: ENDPOINT_HEADERS_IN,
    example: { headers: { "x-tenant": "acme" } },
    answers: { 204: null },
    async handle(call) {
      const { id } = await find(call);
      await checkUnset(deps, id, Object.keys(call.body.headers));
      await deps.endpoints.changeHeaders(id, () => call.body.headers, Date.now());
      return { status: 204 };
    },
  });
}

function patchHeaders(deps: Deps, { operations, path, access, one, find }: EndpointsOf): Route {
  return route({
    method: "patch",
    path: `${path}/headers`,
    operationId: `${operations}.patch-headers`,
    summary: `Set or remove some headers of ${one}`,
    access,
    capability: "ManageEndpoint",
    body: ENDPOINT_HEADERS_PATCH_IN,
    example: { headers: { "x-tenant": "acme", "x-older": null } },
    answers: { 204: null },
    async handle(call) {
      const { id } = await find(call);
      const { headers, deleteHeaders } = call.body;
      const isSet = ([, value]: [string, string | null]) => value !== null;
      await checkUnset(
        deps,
        id,
        Object.entries(headers)
          .filter(isSet)
          .map(([name]) => name),
      );
      const removals = (deleteHeaders ?? []).map((name) => [name, null] as const);
      const changes = { ...Object.fromEntries(removals), ...headers };
      const change = (found: EndpointHeaders) => patched(found, changes);
      await deps.endpoints.changeHeaders(id, change, Date.now());
      return { status: 204 };
    },
  });
}

/** Throws a ProblemError (422) if the endpoint's request format sets one of these. */
async function checkUnset({ requestFormats }: Deps, id: string, names: readonly string[]) {
  const set = new Set(formatHeaderNames(await requestFormats.find(id)));
  const taken = names.filter((name) => set.has(name.toLowerCase()));
  if (taken.length === 0) return;
  const msg = (name: string) => `The endpoint's request format sets the header ${name}`;
  throw invalid(
    taken.map((name) => ({
      loc: ["body", "headers", name],
      msg: msg(name),
      type: "value_error",
    })),
  );
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

export function isSensitive(name: string): boolean {
  return SENSITIVE_NAMES.has(name.toLowerCase());
}
