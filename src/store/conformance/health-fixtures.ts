import { HEALTHY, type EndpointHealth } from "../../domain/endpoint-health.ts";
import type { Application, Endpoint } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import {
  aMessage,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

export const DAY_MS = 86_400_000;
export const LIMITS = { nowMs: NOW_MS + 5 * DAY_MS, limitMs: 5 * DAY_MS };
/** Sooner than what was taken is offered again. */
export const ALL = { sinceMs: NOW_MS + 1_000, rowsMax: 100, withFailing: true };

/** An endpoint whose attempts come to what is said, at times that are counted from NOW_MS. */
export type Patient = {
  readonly store: Store;
  readonly application: Application;
  readonly endpointId: string;
  fails(atMs: number): Promise<string>;
  succeeds(atMs: number): Promise<string>;
  health(): Promise<EndpointHealth>;
  endpoint(): Promise<Endpoint>;
};

export async function aPatient(store: Store): Promise<Patient> {
  const application = await createApplication(store);
  const { id: endpointId } = await createEndpoint(store, application);
  const attempted = async (atMs: number, outcome: typeof aRecord): Promise<string> => {
    const [attempt] = attemptsOf(await store.accept(aMessage(application)));
    if (attempt === undefined) throw new Error("no attempt to make");
    const endedAtMs = NOW_MS + atMs;
    await store.record(outcome(attempt, { id: newId("atmpt", endedAtMs), endedAtMs }));
    return attempt.messageId;
  };
  const endpoint = async (): Promise<Endpoint> => {
    const found = await store.endpoints.find(application.id, endpointId);
    if (found === undefined) throw new Error("no endpoint");
    return found;
  };
  return {
    store,
    application,
    endpointId,
    fails: (atMs) => attempted(atMs, aRecord),
    succeeds: (atMs) => attempted(atMs, aSuccess),
    endpoint,
    health: async () => (await endpoint()).health,
  };
}

export function failingSince(atMs: number): EndpointHealth {
  return { ...HEALTHY, failingSinceMs: NOW_MS + atMs };
}

/** What its watch is told about it; it is taken. */
export async function taken({ store, endpointId }: Patient, which = ALL) {
  const rows = await store.watches.take(NOW_MS, which);
  return rows.find(({ id }) => id === endpointId);
}

export function waitedSince(atMs: number) {
  return { failingSinceMs: NOW_MS + atMs, limitMs: LIMITS.limitMs };
}

export async function disable({ store, endpointId }: Patient): Promise<void> {
  await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: true }));
}
