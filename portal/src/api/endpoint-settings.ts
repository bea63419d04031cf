import { queryOptions } from "@tanstack/react-query";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";
import type {
  Duration,
  EndpointHeadersPatchIn,
  EndpointPatch,
  EndpointSecretRotateIn,
  RequestFormatPatch,
} from "./schema.d.ts";

type Api = Pick<Portal, "client" | "appId">;

const ENDPOINT = "/api/v1/app/{app_id}/endpoint/{endpoint_id}";

export function secretQuery(api: Api, endpointId: string) {
  return queryOptions({
    queryKey: keyOf(api, endpointId, "secret"),
    queryFn: () => answerOf(api.client.GET(`${ENDPOINT}/secret`, at(api, endpointId))),
  });
}

export function headersQuery(api: Api, endpointId: string) {
  return queryOptions({
    queryKey: keyOf(api, endpointId, "headers"),
    queryFn: () => answerOf(api.client.GET(`${ENDPOINT}/headers`, at(api, endpointId))),
  });
}

export function retryScheduleQuery(api: Api, endpointId: string) {
  return queryOptions({
    queryKey: keyOf(api, endpointId, "retry-schedule"),
    queryFn: () => answerOf(api.client.GET(`${ENDPOINT}/retry-schedule`, at(api, endpointId))),
  });
}

/** Where attempts come from, for whoever has to let them through a firewall. */
export function egressIpsQuery({ client, appId }: Api) {
  return queryOptions({
    queryKey: ["egress-ips", appId] as const,
    queryFn: () => answerOf(client.GET("/api/v1/egress-ips")),
  });
}

export function patchEndpoint(api: Api, endpointId: string, body: EndpointPatch) {
  return answerOf(api.client.PATCH(ENDPOINT, { ...at(api, endpointId), body }));
}

export function deleteEndpoint(api: Api, endpointId: string) {
  return answerOf(api.client.DELETE(ENDPOINT, at(api, endpointId)));
}

export function rotateSecret(api: Api, endpointId: string, body: EndpointSecretRotateIn) {
  return answerOf(api.client.POST(`${ENDPOINT}/secret/rotate`, { ...at(api, endpointId), body }));
}

export function patchHeaders(api: Api, endpointId: string, body: EndpointHeadersPatchIn) {
  return answerOf(api.client.PATCH(`${ENDPOINT}/headers`, { ...at(api, endpointId), body }));
}

export function patchRequestFormat(api: Api, endpointId: string, body: RequestFormatPatch) {
  return answerOf(api.client.PATCH(`${ENDPOINT}/request-format`, { ...at(api, endpointId), body }));
}

/** null: the one that holds otherwise. */
export function setRetrySchedule(api: Api, endpointId: string, retrySchedule: Duration[] | null) {
  const body = { retrySchedule };
  return answerOf(api.client.PUT(`${ENDPOINT}/retry-schedule`, { ...at(api, endpointId), body }));
}

function keyOf({ appId }: Api, endpointId: string, what: string) {
  return ["endpoints", appId, endpointId, what] as const;
}

function at({ appId }: Api, endpointId: string) {
  return { params: { path: { app_id: appId, endpoint_id: endpointId } } };
}
