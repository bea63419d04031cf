import type { Endpoint } from "../../domain/records.ts";
import type { Principal } from "../access/principal.ts";
import { findApplication, findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalidField, notFound } from "../http/problem.ts";
import { isUid, uidAfterPut } from "../input/fields.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type Route } from "../route.ts";
import {
  endpointOut,
  eventTypesIn,
  newEndpoint,
  patchedEndpoint,
  replacedEndpoint,
  writtenEndpoint,
} from "./endpoint-record.ts";
import { checkHttps } from "./https-only.ts";
import { missingEventTypes } from "./missing-event-types.ts";
import {
  ENDPOINT_IN,
  ENDPOINT_LIST_OUT,
  ENDPOINT_LIST_QUERY,
  ENDPOINT_OUT,
  ENDPOINT_PATCH,
  ENDPOINT_UPDATE,
} from "./endpoint-schemas.ts";

type Deps = Pick<
  GatewayDeps,
  | "applications"
  | "endpoints"
  | "endpointSettings"
  | "eventTypes"
  | "organizations"
  | "signatureType"
>;

export function endpointRoutes(deps: Deps): readonly Route[] {
  return [
    getEndpoint(deps),
    listEndpoints(deps),
    createEndpoint(deps),
    updateEndpoint(deps),
    patchEndpoint(deps),
    deleteEndpoint(deps),
  ];
}

function getEndpoint(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    operationId: "v1.endpoint.get",
    summary: "Get an endpoint",
    access: "application",
    answers: { 200: ENDPOINT_OUT },
    handle: async (call) => ({ status: 200, body: endpointOut(await findEndpoint(deps, call)) }),
  });
}

function listEndpoints(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint",
    operationId: "v1.endpoint.list",
    summary: "List an application's endpoints",
    access: "application",
    query: ENDPOINT_LIST_QUERY,
    answers: { 200: ENDPOINT_LIST_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, call);
      const page = await deps.endpoints.list(id, pageQuery(call.query, call.query.order));
      return listAnswer(page, (endpoint) => endpoint.id, endpointOut);
    },
  });
}

function createEndpoint(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/endpoint",
    operationId: "v1.endpoint.create",
    summary: "Create an endpoint",
    access: "application",
    capability: "ManageEndpoint",
    body: ENDPOINT_IN,
    example: { url: "https://acme.example/webhooks", eventTypes: ["invoice.paid"] },
    answers: { 201: ENDPOINT_OUT },
    conflict: "Another endpoint of the application has the uid",
    async handle(call) {
      const application = await findApplication(deps, call);
      await checkContent(deps, call.principal, call.body);
      const result = await deps.endpoints.create(newEndpoint(deps, application.id, call.body));
      return { status: 201, body: endpointOut(writtenEndpoint(result)) };
    },
  });
}

function updateEndpoint(deps: Deps): Route {
  return route({
    method: "put",
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    operationId: "v1.endpoint.update",
    summary: "Replace an endpoint, or create it",
    access: "application",
    capability: "ManageEndpoint",
    body: ENDPOINT_UPDATE,
    example: { url: "https://acme.example/webhooks", eventTypes: ["invoice.paid"] },
    answers: { 200: ENDPOINT_OUT, 201: ENDPOINT_OUT },
    conflict: "Another endpoint of the application has the uid",
    async handle(call) {
      const application = await findApplication(deps, call);
      const named = parameter(call, "endpoint_id");
      const body = { ...call.body, uid: uidAfterPut("ep", named, call.body.uid) };
      const found = await deps.endpoints.find(application.id, named);
      if (found === undefined && !isUid("ep", named)) throw notFound();

      await checkContent(deps, call.principal, body);
      const result =
        found === undefined
          ? await deps.endpoints.create(newEndpoint(deps, application.id, body))
          : await deps.endpoints.change(found.id, (row) => replacedEndpoint(row, body));
      const status = found === undefined ? 201 : 200;
      return { status, body: endpointOut(writtenEndpoint(result)) };
    },
  });
}

function patchEndpoint(deps: Deps): Route {
  return route({
    method: "patch",
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    operationId: "patch_endpoint",
    summary: "Change some of an endpoint's fields",
    access: "application",
    capability: "ManageEndpoint",
    body: ENDPOINT_PATCH,
    example: { disabled: true },
    answers: { 200: ENDPOINT_OUT },
    conflict: "Another endpoint of the application has the uid",
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      await checkContent(deps, call.principal, call.body);
      const change = (found: Endpoint) => patchedEndpoint(found, call.body);
      const result = await deps.endpoints.change(id, change);
      return { status: 200, body: endpointOut(writtenEndpoint(result)) };
    },
  });
}

function deleteEndpoint(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    operationId: "v1.endpoint.delete",
    summary: "Delete an endpoint",
    access: "application",
    capability: "ManageEndpoint",
    answers: { 204: null },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      await deps.endpoints.remove(id, Date.now());
      return { status: 204 };
    },
  });
}

type Content = Parameters<typeof eventTypesIn>[0] & { readonly url?: string | undefined };

/** Throws a ProblemError (422) for what is only wrong with this organization. */
async function checkContent(deps: Deps, principal: Principal, body: Content): Promise<void> {
  await checkHttps(deps, principal.organizationId, body.url);
  await checkEventTypes(deps, principal, body);
}

/** Throws a ProblemError (422) unless each event type that the body names is live, and seen. */
async function checkEventTypes(deps: Deps, principal: Principal, body: Content): Promise<void> {
  const missing = await missingEventTypes(deps, principal, eventTypesIn(body) ?? []);
  if (missing.length === 0) return;
  const field = body.eventTypes === undefined ? "filterTypes" : "eventTypes";
  const msg = `The following event types don't exist: ${missing.join(", ")}`;
  throw invalidField(["body", field], msg);
}
