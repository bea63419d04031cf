import type { DisabledReason, EndpointHealth } from "../domain/endpoint-health.ts";
import type { Endpoint, Metadata } from "../domain/records.ts";
import type { EndpointRow } from "./endpoint-table.ts";
import { fromNames, toNames } from "./rows.ts";

export function toEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    applicationId: row.application_id,
    uid: row.uid,
    url: row.url,
    description: row.description,
    disabled: Boolean(row.disabled),
    eventTypes: toNames(row.event_types),
    channels: toNames(row.channels),
    throttleRate: row.throttle_rate,
    ordered: Boolean(row.ordered),
    version: row.version,
    metadata: JSON.parse(row.metadata) as Metadata,
    health: {
      failingSinceMs: row.failing_since_ms,
      disabledReason: row.disabled_reason as DisabledReason | null,
      disabledAtMs: row.disabled_at_ms,
      failedAttempts: row.failed_attempts,
    },
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}

export function fromEndpoint(endpoint: Endpoint) {
  return {
    id: endpoint.id,
    application_id: endpoint.applicationId,
    uid: endpoint.uid,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    event_types: fromNames(endpoint.eventTypes),
    channels: fromNames(endpoint.channels),
    throttle_rate: endpoint.throttleRate,
    ordered: endpoint.ordered,
    version: endpoint.version,
    metadata: JSON.stringify(endpoint.metadata),
    created_at_ms: endpoint.createdAtMs,
    updated_at_ms: endpoint.updatedAtMs,
  };
}

export function fromHealth(health: EndpointHealth) {
  return {
    failing_since_ms: health.failingSinceMs,
    disabled_reason: health.disabledReason,
    disabled_at_ms: health.disabledAtMs,
    failed_attempts: health.failedAttempts,
  };
}
