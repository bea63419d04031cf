import { randomUUID } from "node:crypto";
import { HEALTHY } from "../../domain/endpoint-health.ts";
import type { Application, Attempt, EventType } from "../../domain/records.ts";
import type { NewEndpoint } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type {
  AcceptResult,
  AttemptRecord,
  AttemptToMake,
  Lease,
  NewMessage,
  Store,
} from "../store.ts";

export const NOW_MS = 1_790_000_000_000;

export const RAVEN: Lease = { holder: "raven", nowMs: NOW_MS, untilMs: NOW_MS + 40_000 };
export const OWL: Lease = { holder: "owl", nowMs: NOW_MS, untilMs: NOW_MS + 50_000 };

export function anApplication(changes: Partial<Application> = {}): Application {
  return {
    id: newId("app", NOW_MS),
    organizationId: `org_${randomUUID()}`,
    uid: null,
    name: "Seagull Post",
    throttleRate: null,
    metadata: {},
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    ...changes,
  };
}

export function anEndpoint(applicationId: string, changes: Partial<NewEndpoint> = {}): NewEndpoint {
  return {
    id: newId("ep", NOW_MS),
    applicationId,
    uid: null,
    url: "https://receiver.example/hooks",
    description: "",
    disabled: false,
    eventTypes: null,
    channels: null,
    throttleRate: null,
    ordered: false,
    version: 1,
    metadata: {},
    health: HEALTHY,
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    headers: {},
    secrets: [{ key: "whsec_current", createdAtMs: NOW_MS, expiresAtMs: null }],
    ...changes,
  };
}

export function anEventType(organizationId: string, changes: Partial<EventType> = {}): EventType {
  return {
    id: newId("evtype", NOW_MS),
    organizationId,
    name: "letter.sent",
    description: "",
    archived: false,
    deprecated: false,
    schemas: null,
    featureFlags: null,
    groupName: null,
    retrySchedule: null,
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    ...changes,
  };
}

export function aMessage(application: Application, changes: Partial<NewMessage> = {}): NewMessage {
  return {
    id: newId("msg", NOW_MS),
    organizationId: application.organizationId,
    application: application.id,
    applicationKind: "customer",
    eventType: "letter.sent",
    eventId: null,
    channels: null,
    tags: null,
    payload: Buffer.from('{"to":"Ida"}'),
    contentType: null,
    deliverAtMs: null,
    payloadExpiresAtMs: null,
    recipients: "subscribed",
    idempotencyKey: null,
    acceptedAtMs: NOW_MS,
    lease: null,
    ...changes,
  };
}

export async function createApplication(
  store: Store,
  changes: Partial<Application> = {},
): Promise<Application> {
  const application = anApplication(changes);
  await store.applications.create(application);
  return application;
}

export async function createEndpoint(
  store: Store,
  application: Application,
  changes: Partial<NewEndpoint> = {},
): Promise<NewEndpoint> {
  const endpoint = anEndpoint(application.id, changes);
  await store.endpoints.create(endpoint);
  return endpoint;
}

/** The first attempts of an accepted message. Throws if it was not accepted. */
export function attemptsOf(result: AcceptResult): readonly AttemptToMake[] {
  if (result.kind !== "accepted") throw new Error(`not accepted: ${result.kind}`);
  return result.attempts;
}

/** A message for one endpoint of a new application, as far as its first attempt. */
export async function acceptOne(
  store: Store,
  changes: Partial<NewMessage> = {},
): Promise<{ application: Application; endpoint: NewEndpoint; attempt: AttemptToMake }> {
  const application = await createApplication(store);
  const endpoint = await createEndpoint(store, application);
  const [attempt] = attemptsOf(await store.accept(aMessage(application, changes)));
  if (attempt === undefined) throw new Error("no attempt to make");
  return { application, endpoint, attempt };
}

/** What a failed attempt leaves behind, unless `changes` say otherwise. */
export function aRecord(
  made: AttemptToMake,
  changes: Partial<Attempt> & Partial<Pick<AttemptRecord, "state" | "nextAttemptAtMs">> = {},
): AttemptRecord {
  const { state = "pending", nextAttemptAtMs = NOW_MS + 5_000, ...attempt } = changes;
  return {
    attempt: {
      id: newId("atmpt", NOW_MS),
      messageId: made.messageId,
      endpointId: made.endpointId,
      applicationId: made.applicationId,
      number: made.attemptNumber,
      trigger: "scheduled",
      url: made.url,
      succeeded: false,
      statusCode: 500,
      reason: null,
      response: "out of stamps",
      durationMs: 12,
      endedAtMs: NOW_MS,
      ...attempt,
    },
    headers: { sent: {}, received: [] },
    eventType: made.eventType,
    labels: made.labels,
    state,
    nextAttemptAtMs: state === "pending" ? nextAttemptAtMs : null,
    inLine: made.inLine ?? false,
  };
}

export function aSuccess(made: AttemptToMake, changes: Partial<Attempt> = {}): AttemptRecord {
  return aRecord(made, { succeeded: true, statusCode: 204, state: "succeeded", ...changes });
}
