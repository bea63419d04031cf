import type { z } from "zod";
import { HEALTHY, healthAfterChange, type EndpointHealth } from "../../domain/endpoint-health.ts";
import type { Endpoint } from "../../domain/records.ts";
import { generateSecret } from "../../signing/secret.ts";
import type { NewEndpoint, WriteResult } from "../../store/catalogue.ts";
import { newId } from "../../store/new-id.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, notFound } from "../http/problem.ts";
import { given, throttleRateIn } from "../input/fields.ts";
import type {
  ENDPOINT_IN,
  ENDPOINT_OUT,
  ENDPOINT_PATCH,
  ENDPOINT_UPDATE,
} from "./endpoint-schemas.ts";

type EndpointUpdate = z.output<typeof ENDPOINT_UPDATE>;
type Created = EndpointUpdate & Partial<z.output<typeof ENDPOINT_IN>>;

const VERSION = 1;
const NEVER_DISABLED = { disabled: false, health: HEALTHY };

/** One with no secret of its owner's gets a new one. */
export function newEndpoint(
  { signatureType }: Pick<GatewayDeps, "signatureType">,
  applicationId: string,
  body: Created,
): NewEndpoint {
  const nowMs = Date.now();
  const key = body.secret ?? generateSecret(signatureType);
  const fields = content(body);
  return {
    id: newId("ep", nowMs),
    applicationId,
    ...fields,
    health: healthAfterChange(NEVER_DISABLED, { ...fields, updatedAtMs: nowMs }),
    headers: body.headers ?? {},
    secrets: [{ key, createdAtMs: nowMs, expiresAtMs: null }],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

export function replacedEndpoint(found: Endpoint, body: EndpointUpdate): Endpoint {
  return { ...found, ...content(body), updatedAtMs: Date.now() };
}

export function patchedEndpoint(found: Endpoint, body: z.output<typeof ENDPOINT_PATCH>): Endpoint {
  return {
    ...found,
    url: body.url ?? found.url,
    uid: given(body.uid, found.uid),
    description: body.description ?? found.description,
    disabled: body.disabled ?? found.disabled,
    eventTypes: given(eventTypesIn(body), found.eventTypes),
    channels: given(body.channels, found.channels),
    throttleRate: given(throttleRateIn(body), found.throttleRate),
    ordered: body.ordered ?? found.ordered,
    version: body.version ?? found.version,
    metadata: given(body.metadata, found.metadata) ?? {},
    updatedAtMs: Date.now(),
  };
}

/** Throws a ProblemError: 404 if it has just been deleted, 409 if another one has the uid. */
export function writtenEndpoint(result: WriteResult<Endpoint> | undefined): Endpoint {
  if (result === undefined) throw notFound();
  if (result.kind === "written") return result.row;
  throw conflict("An endpoint with this uid already exists in the application");
}

export function endpointOut(endpoint: Endpoint): z.output<typeof ENDPOINT_OUT> {
  const { createdAtMs, updatedAtMs, eventTypes, throttleRate } = endpoint;
  return {
    id: endpoint.id,
    uid: endpoint.uid,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    ...healthOut(endpoint.health),
    eventTypes,
    filterTypes: eventTypes,
    channels: endpoint.channels,
    throttleRate,
    rateLimit: throttleRate,
    ordered: endpoint.ordered,
    version: endpoint.version,
    metadata: endpoint.metadata,
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
  };
}

export function healthOut({
  disabledReason,
  disabledAtMs,
  failingSinceMs,
  failedAttempts,
}: EndpointHealth) {
  const disabledAt = timeOut(disabledAtMs);
  return { disabledReason, disabledAt, failingSince: timeOut(failingSinceMs), failedAttempts };
}

function timeOut(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}

/** undefined if the body names none, null for all. */
export function eventTypesIn(
  body: Pick<EndpointUpdate, "eventTypes" | "filterTypes">,
): readonly string[] | null | undefined {
  return given(body.eventTypes, body.filterTypes);
}

function content(body: EndpointUpdate) {
  return {
    url: body.url,
    uid: body.uid ?? null,
    description: body.description ?? "",
    disabled: body.disabled ?? false,
    eventTypes: eventTypesIn(body) ?? null,
    channels: body.channels ?? null,
    throttleRate: throttleRateIn(body) ?? null,
    ordered: body.ordered ?? false,
    version: body.version ?? VERSION,
    metadata: body.metadata ?? {},
  };
}
