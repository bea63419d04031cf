import { expect } from "vitest";
import type { Application } from "../../domain/records.ts";
import type { NewEndpoint } from "../catalogue.ts";
import type { NewMessage, PendingDelivery, Store } from "../store.ts";
import { aMessage, createApplication, createEndpoint, NOW_MS } from "./fixtures.ts";

export const HOUR_MS = 3_600_000;

export async function ordered(store: Store) {
  const application = await createApplication(store);
  return { application, endpoint: await createEndpoint(store, application, { ordered: true }) };
}

export async function accept(
  store: Store,
  application: Application,
  changes: Partial<NewMessage> = {},
) {
  return store.accept(aMessage(application, changes));
}

/** What stands in line then. */
export async function acceptSome(
  store: Store,
  application: Application,
  endpoint: NewEndpoint,
  count: number,
): Promise<readonly PendingDelivery[]> {
  for (let sent = 0; sent < count; sent++) await accept(store, application);
  return waiting(store, endpoint);
}

export async function waiting(
  store: Store,
  { id }: NewEndpoint,
): Promise<readonly PendingDelivery[]> {
  const line = await store.line(id, NOW_MS, 99);
  if (line.kind !== "formed") throw new Error(`the line is ${line.kind}`);
  return line.waiting;
}

export async function order(store: Store, { id }: NewEndpoint, isOrdered: boolean): Promise<void> {
  await store.endpoints.change(id, (found) => ({ ...found, ordered: isOrdered }));
}

export async function takeSwitched(store: Store, { id }: NewEndpoint) {
  const switched = await store.lines.takeSwitched(NOW_MS + HOUR_MS, 99);
  return switched.find(({ endpointId }) => endpointId === id);
}

export async function settle(store: Store, endpoint: NewEndpoint): Promise<void> {
  const switched = await takeSwitched(store, endpoint);
  if (switched === undefined) throw new Error("the line was not switched");
  await store.lines.settle(switched, NOW_MS);
}

export async function overdue(store: Store, nowMs: number): Promise<readonly string[]> {
  const { endpointIds, nextId } = await store.lines.overdue(nowMs, "", 1_000);
  expect(nextId).toBeNull();
  return endpointIds;
}

export function idsOf(deliveries: readonly PendingDelivery[]): readonly string[] {
  return deliveries.map(({ messageId }) => messageId);
}

export function key(one: PendingDelivery | undefined) {
  const { messageId = "", endpointId = "", attemptNumber = 0 } = one ?? {};
  return { messageId, endpointId, attemptNumber };
}

/** As it was claimed. */
export function attemptOf(one: PendingDelivery | undefined) {
  const applicationId = one?.applicationId ?? "";
  return { ...ATTEMPT, ...key(one), applicationId };
}

const ATTEMPT = {
  eventType: "letter.sent",
  url: "https://receiver.example/hooks",
  headers: {},
  secrets: [],
  payload: Buffer.from("{}"),
  contentType: null,
  requestFormat: null,
  retrySchedule: null,
  throttle: null,
  scheduleFrom: 0,
  labels: [],
  isTest: false,
  inLine: true,
};
