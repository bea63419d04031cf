import type { z } from "zod";
import type { Application, Endpoint } from "../../domain/records.ts";
import { newApplication } from "../applications/application-record.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { isUid, uidAfterPut } from "../input/fields.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type Route } from "../route.ts";
import { endpointHeaderRoutes } from "./endpoint-headers.ts";
import { endpointOut, newEndpoint, replacedEndpoint, writtenEndpoint } from "./endpoint-record.ts";
import { ENDPOINT_LIST_QUERY } from "./endpoint-schemas.ts";
import { endpointSecretRoutes } from "./endpoint-secrets.ts";
import { endpointsOfOrganizations, type EndpointsOf } from "./endpoints-of.ts";
import { checkHttps } from "./https-only.ts";
import {
  OPERATIONAL_ENDPOINT_IN,
  OPERATIONAL_ENDPOINT_LIST_OUT,
  OPERATIONAL_ENDPOINT_OUT,
  OPERATIONAL_ENDPOINT_UPSERT_IN,
} from "./operational-webhook-schemas.ts";

type Deps = Pick<
  GatewayDeps,
  | "applications"
  | "endpoints"
  | "endpointSettings"
  | "organizations"
  | "requestFormats"
  | "signatureType"
>;

const LIST_PATH = "/operational-webhook/endpoint";
const EXAMPLE = {
  url: "https://you.example/operations",
  eventTypes: ["endpoint.disabled", "message.attempt.exhausted"],
};
const CONFLICT = "Another endpoint of the organization has the uid";

/** What an organization is told about its customers' endpoints goes to endpoints of its own. */
export function operationalWebhookRoutes(deps: Deps): readonly Route[] {
  const own = endpointsOfOrganizations(deps);
  return [
    getEndpoint(own),
    listEndpoints(deps),
    createEndpoint(deps),
    upsertEndpoint(deps, own),
    deleteEndpoint(deps, own),
    ...endpointHeaderRoutes(deps, own).filter(({ method }) => method !== "patch"),
    ...endpointSecretRoutes(deps, own),
  ];
}

function getEndpoint({ operations, path, access, find }: EndpointsOf): Route {
  return route({
    method: "get",
    path,
    operationId: `${operations}.get`,
    summary: "Get an endpoint of the organization itself",
    access,
    answers: { 200: OPERATIONAL_ENDPOINT_OUT },
    handle: async (call) => ({ status: 200, body: operationalOut(await find(call)) }),
  });
}

function listEndpoints({ applications, endpoints }: Deps): Route {
  return route({
    method: "get",
    path: LIST_PATH,
    operationId: "v1.operational-webhook.endpoint.list",
    summary: "List the endpoints of the organization itself",
    access: "organization",
    query: ENDPOINT_LIST_QUERY,
    answers: { 200: OPERATIONAL_ENDPOINT_LIST_OUT },
    async handle({ principal, query }) {
      const own = await applications.findOperational(principal.organizationId);
      const page =
        own === undefined
          ? { rows: [], hasMore: false }
          : await endpoints.list(own.id, pageQuery(query, query.order));
      return listAnswer(page, ({ id }) => id, operationalOut);
    },
  });
}

function createEndpoint(deps: Deps): Route {
  return route({
    method: "post",
    path: LIST_PATH,
    operationId: "v1.operational-webhook.endpoint.create",
    summary: "Create an endpoint of the organization itself",
    access: "organization",
    body: OPERATIONAL_ENDPOINT_IN,
    example: EXAMPLE,
    answers: { 201: OPERATIONAL_ENDPOINT_OUT },
    conflict: CONFLICT,
    async handle({ principal, body }) {
      await checkHttps(deps, principal.organizationId, body.url);
      const own = await ensureOwn(deps, principal.organizationId);
      const result = await deps.endpoints.create(newEndpoint(deps, own.id, body));
      return { status: 201, body: operationalOut(writtenEndpoint(result)) };
    },
  });
}

function upsertEndpoint(deps: Deps, { operations, path, access }: EndpointsOf): Route {
  return route({
    method: "put",
    path,
    operationId: `${operations}.upsert`,
    summary: "Replace an endpoint of the organization itself, or create it",
    access,
    body: OPERATIONAL_ENDPOINT_UPSERT_IN,
    example: EXAMPLE,
    answers: { 200: OPERATIONAL_ENDPOINT_OUT, 201: OPERATIONAL_ENDPOINT_OUT },
    conflict: CONFLICT,
    async handle(call) {
      const named = parameter(call, "endpoint_id");
      const body = { ...call.body, uid: uidAfterPut("ep", named, call.body.uid) };
      const { organizationId } = call.principal;
      await checkHttps(deps, organizationId, body.url);
      const before = await deps.applications.findOperational(organizationId);
      const found = before && (await deps.endpoints.find(before.id, named));
      if (found !== undefined) {
        const change = (row: Endpoint) => replacedEndpoint(row, body);
        const result = await deps.endpoints.change(found.id, change);
        return { status: 200, body: operationalOut(writtenEndpoint(result)) };
      }
      if (!isUid("ep", named)) throw notFound();
      const own = before ?? (await ensureOwn(deps, organizationId));
      const result = await deps.endpoints.create(newEndpoint(deps, own.id, body));
      return { status: 201, body: operationalOut(writtenEndpoint(result)) };
    },
  });
}

function deleteEndpoint({ endpoints }: Deps, own: EndpointsOf): Route {
  const { operations, path, access, find } = own;
  return route({
    method: "delete",
    path,
    operationId: `${operations}.delete`,
    summary: "Delete an endpoint of the organization itself",
    access,
    answers: { 204: null },
    async handle(call) {
      const { id } = await find(call);
      await endpoints.remove(id, Date.now());
      return { status: 204 };
    },
  });
}

async function ensureOwn({ applications }: Deps, organizationId: string): Promise<Application> {
  return (
    (await applications.findOperational(organizationId)) ??
    (await applications.ensureOperational(newApplication(organizationId, { name: "" })))
  );
}

function operationalOut(endpoint: Endpoint): z.output<typeof OPERATIONAL_ENDPOINT_OUT> {
  const {
    channels: _,
    filterTypes: __,
    rateLimit: ___,
    version: ____,
    ordered: _____,
    ...out
  } = endpointOut(endpoint);
  return out;
}
