import { expect, test } from "vitest";
import type { EventType } from "../../domain/records.ts";
import type { ScheduledQuery } from "../catalogue-schedules.ts";
import {
  aMessage,
  anEventType,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  RAVEN,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

export function endpointScheduleCases(opened: () => Opened): void {
  test("an endpoint has none of its own, until it is given one", async () => {
    const { store } = opened();
    const endpoint = await createEndpoint(store, await createApplication(store));
    const { endpointSchedules: schedules } = store;
    expect(await schedules.find(endpoint.id)).toBeNull();
    await schedules.change(endpoint.id, [1_000, 60_000], NOW_MS);
    expect(await schedules.find(endpoint.id)).toEqual([1_000, 60_000]);
    await store.endpoints.change(endpoint.id, (found) => ({ ...found, description: "Ida's" }));
    expect(await schedules.find(endpoint.id)).toEqual([1_000, 60_000]);
    await schedules.change(endpoint.id, null, NOW_MS);
    expect(await schedules.find(endpoint.id)).toBeNull();
    await store.endpoints.remove(endpoint.id, NOW_MS);
    await schedules.change(endpoint.id, [], NOW_MS);
    expect(await schedules.find(endpoint.id)).toBeNull();
  });

  test("one that comes with an endpoint is there from the first attempt on", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application, { retrySchedule: [3, 4] });
    expect(await store.endpointSchedules.find(id)).toEqual([3, 4]);
    const [first] = attemptsOf(await store.accept(aMessage(application)));
    expect(first?.retrySchedule).toEqual([3, 4]);
  });

  test("an endpoint's goes before its event type's, from the next attempt on", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { organizationId } = application;
    await store.eventTypes.create(anEventType(organizationId, { retrySchedule: [5] }));
    const own = await createEndpoint(store, application);
    const other = await createEndpoint(store, application);
    await store.endpointSchedules.change(own.id, [7, 8], NOW_MS);
    const attempts = attemptsOf(await store.accept(aMessage(application)));
    const scheduleOf = (endpointId: string) =>
      attempts.find((one) => one.endpointId === endpointId)?.retrySchedule;
    expect([scheduleOf(own.id), scheduleOf(other.id)]).toEqual([[7, 8], [5]]);
    await store.endpointSchedules.change(own.id, [], NOW_MS);
    const claimed = await store.claim(attempts, RAVEN);
    const claimedAt = (endpointId: string) =>
      claimed.find((one) => one.kind === "claimed" && one.attempt.endpointId === endpointId);
    expect(claimedAt(own.id)).toMatchObject({ attempt: { retrySchedule: [] } });
    expect(claimedAt(other.id)).toMatchObject({ attempt: { retrySchedule: [5] } });
    for (const attempt of attempts) await store.record(aSuccess(attempt));
  });
}

export function eventTypeScheduleCases(opened: () => Opened): void {
  test("event types that have one of their own are told from the others", async () => {
    const { store } = opened();
    const { organizationId } = await createApplication(store);
    const create = async (name: string, changes: Partial<EventType>) =>
      store.eventTypes.create(anEventType(organizationId, { name, ...changes }));
    await create("c.own", { retrySchedule: [5] });
    await create("a.own", { retrySchedule: [] });
    await create("b.none", {});
    await create("d.gone", { retrySchedule: [5], archived: true });
    await create("e.flagged", { retrySchedule: [6], featureFlags: ["beta"] });
    await createOther();
    const all = { names: null, featureFlags: null, rowsMax: 9 };
    const named = async (asked: Partial<ScheduledQuery>) => {
      const found = await store.eventTypes.scheduled(organizationId, { ...all, ...asked });
      return found.map(({ name, retrySchedule }) => [name, ...retrySchedule]);
    };
    expect(await named({})).toEqual([["a.own"], ["c.own", 5], ["e.flagged", 6]]);
    expect(await named({ featureFlags: [] })).toEqual([["a.own"], ["c.own", 5]]);
    expect(await named({ featureFlags: ["beta"], rowsMax: 1 })).toEqual([["a.own"]]);
    expect(await named({ names: ["b.none", "e.flagged", "none"] })).toEqual([["e.flagged", 6]]);
    expect(await named({ names: [] })).toEqual([]);

    async function createOther(): Promise<void> {
      const other = await createApplication(store);
      await store.eventTypes.create(anEventType(other.organizationId, { retrySchedule: [7] }));
    }
  });
}
