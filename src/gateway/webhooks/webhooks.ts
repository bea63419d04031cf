import type { RequestFormat } from "../../domain/request-format.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { writtenEndpoint } from "../endpoints/endpoint-record.ts";
import { checkHeadersFree, patchedFormat } from "../endpoints/request-format-record.ts";
import { notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { route, type Route } from "../route.ts";
import { checkWebhook } from "./check-webhook.ts";
import { findWebhook, listWebhooks } from "./find-webhook.ts";
import { APPLICATION_QUERY, NO_APPLICATION, ofApplication, SIMPLE } from "./of-application.ts";
import { scheduleOf } from "./retry-record.ts";
import {
  newSecret,
  newWebhook,
  patchedWebhook,
  webhookOut,
  type Webhook,
} from "./webhook-record.ts";
import {
  WEBHOOK_IN,
  WEBHOOK_LIST_OUT,
  WEBHOOK_LIST_QUERY,
  WEBHOOK_OUT,
  WEBHOOK_PATCH,
} from "./webhook-schemas.ts";

type Deps = Pick<
  GatewayDeps,
  | "applications"
  | "endpoints"
  | "endpointSchedules"
  | "endpointSettings"
  | "eventTypes"
  | "organizations"
  | "requestFormats"
  | "signatureType"
>;

const PATH = "/webhooks/{webhook_id}";
const LOOKING = { ...SIMPLE, access: "application", refusals: NO_APPLICATION } as const;
const MANAGING = { ...LOOKING, capability: "ManageEndpoint" } as const;

/** Endpoints, for who knows neither applications nor this API's other clients. */
export function webhookRoutes(deps: Deps): readonly Route[] {
  return [
    createWebhook(deps),
    listAllWebhooks(deps),
    getWebhook(deps),
    patchWebhook(deps),
    deleteWebhook(deps),
  ];
}

function createWebhook(deps: Deps): Route {
  return route({
    method: "post",
    path: "/webhooks",
    operationId: "v1.webhook.create",
    summary: "Create a webhook",
    ...MANAGING,
    query: APPLICATION_QUERY,
    body: WEBHOOK_IN,
    example: { url: "https://acme.example/hooks", events: ["invoice.paid"], name: "Billing" },
    answers: { 201: WEBHOOK_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, ofApplication(call));
      await checkWebhook(deps, call.principal, call.body);
      const secret = call.body.secret ?? newSecret();
      const made = newWebhook(deps, id, call.body, secret);
      const endpoint = writtenEndpoint(await deps.endpoints.create(made));
      const { requestFormat: format, retrySchedule: schedule } = made;
      return { status: 201, body: webhookOut({ endpoint, format, schedule }, secret) };
    },
  });
}

function listAllWebhooks(deps: Deps): Route {
  return route({
    method: "get",
    path: "/webhooks",
    operationId: "v1.webhook.list",
    summary: "List webhooks",
    ...LOOKING,
    query: WEBHOOK_LIST_QUERY,
    answers: { 200: WEBHOOK_LIST_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, ofApplication(call));
      const page = await listWebhooks(deps, id, pageQuery(call.query, call.query.order));
      return listAnswer(
        page,
        ({ endpoint }) => endpoint.id,
        (one) => webhookOut(one),
      );
    },
  });
}

function getWebhook(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.webhook.get",
    summary: "Get a webhook",
    ...LOOKING,
    query: APPLICATION_QUERY,
    answers: { 200: WEBHOOK_OUT },
    async handle(call) {
      return { status: 200, body: webhookOut(await findWebhook(deps, ofApplication(call))) };
    },
  });
}

function patchWebhook(deps: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "v1.webhook.patch",
    summary: "Change some of a webhook's fields",
    ...MANAGING,
    query: APPLICATION_QUERY,
    body: WEBHOOK_PATCH,
    example: { events: ["*"], enabled: false },
    answers: { 200: WEBHOOK_OUT },
    async handle(call) {
      const { body, principal } = call;
      const webhook = await findWebhook(deps, ofApplication(call));
      await checkWebhook(deps, principal, body);
      const secret = body.secret === null ? newSecret() : body.secret;
      const format = await changedFormat(deps, webhook, secret);
      const { id } = webhook.endpoint;
      const schedule = body.retry === undefined ? webhook.schedule : scheduleOf(body.retry ?? {});
      if (body.retry !== undefined) await deps.endpointSchedules.change(id, schedule, Date.now());
      const changed = await deps.endpoints.change(id, (found) => patchedWebhook(found, body));
      const endpoint = writtenEndpoint(changed);
      return { status: 200, body: webhookOut({ endpoint, format, schedule }, secret) };
    },
  });
}

function deleteWebhook(deps: Deps): Route {
  return route({
    method: "delete",
    path: PATH,
    operationId: "v1.webhook.delete",
    summary: "Delete a webhook",
    ...MANAGING,
    query: APPLICATION_QUERY,
    answers: { 204: null },
    async handle(call) {
      const { endpoint } = await findWebhook(deps, ofApplication(call));
      await deps.endpoints.remove(endpoint.id, Date.now());
      return { status: 204 };
    },
  });
}

async function changedFormat(
  { endpoints, endpointSettings, requestFormats }: Deps,
  { endpoint: { id }, format }: Webhook,
  secret: string | undefined,
): Promise<RequestFormat> {
  if (secret === undefined) return format;
  const { hexSignatureHeader } = endpointSettings;
  const headers = await endpoints.headers(id);
  const change = (found: RequestFormat) =>
    checkHeadersFree(
      patchedFormat(found, { hexSignature: { secret } }, hexSignatureHeader),
      headers,
    );
  const changed = await requestFormats.change(id, change, Date.now());
  if (changed === undefined) throw notFound();
  return changed;
}
