import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Endpoint, Metadata } from "../../domain/records.ts";
import { PLAIN_FORMAT, type RequestFormat } from "../../domain/request-format.ts";
import type { RetrySchedule } from "../../domain/retry-schedule.ts";
import type { NewEndpoint } from "../../store/catalogue.ts";
import type { GatewayDeps } from "../deps.ts";
import { newEndpoint } from "../endpoints/endpoint-record.ts";
import { given } from "../input/fields.ts";
import { retryOut, scheduleOf } from "./retry-record.ts";
import type { RetryGiven } from "./retry-schemas.ts";
import { ALL, type WEBHOOK_IN, type WEBHOOK_OUT, type WEBHOOK_PATCH } from "./webhook-schemas.ts";

/** An endpoint with what makes it a webhook. */
export type Webhook = {
  readonly endpoint: Endpoint;
  readonly format: RequestFormat;
  /** null where it has none of its own any more. */
  readonly schedule: RetrySchedule | null;
};

export type WebhookIn = z.output<typeof WEBHOOK_IN>;
export type WebhookPatch = z.output<typeof WEBHOOK_PATCH>;

const SECRET_BYTES = 32;
/** What endpoints have no field for is in their metadata, under these names. */
const NAME = "name";
const RETRY = "webhook-retry";

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("hex");
}

type Deps = Pick<GatewayDeps, "signatureType" | "endpointSettings">;

export function newWebhook(
  deps: Deps,
  applicationId: string,
  body: WebhookIn,
  secret: string,
): Required<NewEndpoint> {
  const { url, description = "", events, name = null, retry = null } = body;
  const metadata = withEntries({}, { [NAME]: name, [RETRY]: retryText(retry) });
  const content = { url, description, eventTypes: wantedTypes(events) ?? null, metadata };
  const { hexSignatureHeader: header } = deps.endpointSettings;
  return {
    ...newEndpoint(deps, applicationId, content),
    requestFormat: { ...PLAIN_FORMAT, body: "event-data", hexSignature: { header, secret } },
    retrySchedule: scheduleOf(retry ?? {}),
  };
}

export function patchedWebhook(found: Endpoint, body: WebhookPatch): Endpoint {
  const { name, retry } = body;
  const entries = {
    ...(name === undefined ? {} : { [NAME]: name }),
    ...(retry === undefined ? {} : { [RETRY]: retryText(retry) }),
  };
  return {
    ...found,
    url: body.url ?? found.url,
    description: body.description ?? found.description,
    disabled: body.enabled === undefined ? found.disabled : !body.enabled,
    eventTypes: given(wantedTypes(body.events), found.eventTypes),
    metadata: withEntries(found.metadata, entries),
    updatedAtMs: Date.now(),
  };
}

/** As endpoints have them: null is all. */
export function wantedTypes(
  events: readonly string[] | undefined,
): readonly string[] | null | undefined {
  return events?.includes(ALL) === true ? null : events;
}

export function webhookOut(
  { endpoint, format, schedule }: Webhook,
  secret?: string,
): z.output<typeof WEBHOOK_OUT> {
  const { eventTypes, metadata, health } = endpoint;
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: eventTypes ?? [ALL],
    name: metadata[NAME] ?? null,
    description: endpoint.description,
    enabled: !endpoint.disabled,
    disabledReason: health.disabledReason,
    signatureHeader: format.hexSignature?.header ?? null,
    ...(secret === undefined ? {} : { secret }),
    retry: retryOut(schedule, metadata[RETRY]),
    createdAt: new Date(endpoint.createdAtMs).toISOString(),
    updatedAt: new Date(endpoint.updatedAtMs).toISOString(),
  };
}

function retryText(retry: RetryGiven | null): string | null {
  return retry === null ? null : JSON.stringify(retry);
}

function withEntries(
  metadata: Metadata,
  entries: Readonly<Record<string, string | null>>,
): Metadata {
  const merged = Object.entries({ ...metadata, ...entries });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}
