import type { ApiKey } from "../../domain/api-key.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalidField, notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type PathCall, type Route } from "../route.ts";
import { apiKeyOut, expiresAtMsIn, newApiKey, newSecret, patchedApiKey } from "./api-key-record.ts";
import {
  API_KEY_IN,
  API_KEY_LIST_OUT,
  API_KEY_LIST_QUERY,
  API_KEY_OUT,
  API_KEY_PATCH,
  API_KEY_ROTATE_IN,
  NEW_API_KEY_OUT,
} from "./api-key-schemas.ts";
import { beingForgotten } from "./remembered-keys.ts";

type Deps = Pick<GatewayDeps, "apiKeys" | "applications">;

const PATH = "/api-key/{key_id}";
/** Whoever can make keys can make one that may do everything. */
const ACCESS = { access: "organization", scope: "manage" } as const;

export function apiKeyRoutes(deps: Deps): readonly Route[] {
  return [
    createKey(deps),
    listKeys(deps),
    getKey(deps),
    patchKey(deps),
    rotateKey(deps),
    revokeKey(deps),
  ];
}

function createKey(deps: Deps): Route {
  return route({
    method: "post",
    path: "/api-key",
    operationId: "v1.api-key.create",
    summary: "Make an API key, and see it this once",
    ...ACCESS,
    body: API_KEY_IN,
    example: { name: "Billing service", scopes: ["publish"], appId: null },
    answers: { 201: NEW_API_KEY_OUT },
    async handle({ principal: { organizationId }, body }) {
      const { name, mode, scopes, appId = null } = body;
      const applicationId = appId === null ? null : await customerId(deps, organizationId, appId);
      const expiresAtMs = expiresAtMsIn(body.expiresAt ?? null);
      const made = newApiKey({ organizationId, applicationId, mode, name, scopes, expiresAtMs });
      await deps.apiKeys.create(made.key, made.hash);
      return { status: 201, body: { ...apiKeyOut(made.key), key: made.text } };
    },
  });
}

/** Throws a ProblemError (422) if there is none such. */
async function customerId(
  { applications }: Deps,
  organizationId: string,
  idOrUid: string,
): Promise<string> {
  const found = await applications.find(organizationId, idOrUid);
  if (found !== undefined) return found.id;
  throw invalidField(["body", "appId"], "Input should be the id or uid of an application");
}

function listKeys({ apiKeys, applications }: Deps): Route {
  return route({
    method: "get",
    path: "/api-key",
    operationId: "v1.api-key.list",
    summary: "List the organization's API keys, those of its applications included",
    ...ACCESS,
    query: API_KEY_LIST_QUERY,
    answers: { 200: API_KEY_LIST_OUT },
    async handle({ principal: { organizationId }, query }) {
      const { app_id: appId, mode } = query;
      // What names no application has no keys.
      const applicationId =
        appId === undefined
          ? undefined
          : ((await applications.find(organizationId, appId))?.id ?? appId);
      const page = await apiKeys.list(organizationId, {
        ...pageQuery(query, query.order),
        ...(applicationId === undefined ? {} : { applicationId }),
        ...(mode === undefined ? {} : { mode }),
      });
      return listAnswer(page, ({ id }) => id, apiKeyOut);
    },
  });
}

function getKey(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.api-key.get",
    summary: "Get an API key, without its secret",
    ...ACCESS,
    answers: { 200: API_KEY_OUT },
    handle: async (call) => ({ status: 200, body: apiKeyOut(await findKey(deps, call)) }),
  });
}

function patchKey({ apiKeys }: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "v1.api-key.patch",
    summary: "Change an API key's name, scopes or end",
    ...ACCESS,
    body: API_KEY_PATCH,
    example: { scopes: ["read"] },
    answers: { 200: API_KEY_OUT },
    async handle(call) {
      const change = (found: ApiKey) => patchedApiKey(found, call.body);
      const id = parameter(call, "key_id");
      const changed = await apiKeys.change(call.principal.organizationId, id, change);
      if (changed === undefined) throw notFound();
      await beingForgotten();
      return { status: 200, body: apiKeyOut(changed) };
    },
  });
}

function rotateKey(deps: Deps): Route {
  return route({
    method: "post",
    path: `${PATH}/rotate`,
    operationId: "v1.api-key.rotate",
    summary: "Give an API key a new secret, and see it this once",
    ...ACCESS,
    body: API_KEY_ROTATE_IN,
    example: { gracePeriodSeconds: 3_600 },
    answers: { 200: NEW_API_KEY_OUT },
    async handle(call) {
      const { id, organizationId, mode } = await findKey(deps, call);
      const nowMs = Date.now();
      const { text, ...secret } = newSecret({ mode });
      const oldUntilMs = nowMs + call.body.gracePeriodSeconds * 1_000;
      const to = { ...secret, oldUntilMs, nowMs };
      const rotated = await deps.apiKeys.rotate(organizationId, id, to);
      if (rotated === undefined) throw notFound();
      await beingForgotten();
      return { status: 200, body: { ...apiKeyOut(rotated), key: text } };
    },
  });
}

function revokeKey({ apiKeys }: Deps): Route {
  return route({
    method: "delete",
    path: PATH,
    operationId: "v1.api-key.delete",
    summary: "Revoke an API key: when this is answered, it is good nowhere",
    ...ACCESS,
    answers: { 204: null },
    async handle(call) {
      const { organizationId } = call.principal;
      const isRevoked = await apiKeys.revoke(organizationId, parameter(call, "key_id"), Date.now());
      if (!isRevoked) throw notFound();
      await beingForgotten();
      return { status: 204 };
    },
  });
}

async function findKey({ apiKeys }: Deps, call: PathCall): Promise<ApiKey> {
  const found = await apiKeys.find(call.principal.organizationId, parameter(call, "key_id"));
  if (found === undefined) throw notFound();
  return found;
}
