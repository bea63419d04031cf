import { expect, test } from "vitest";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  anEventType,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  RAVEN,
} from "./fixtures.ts";

export function acceptCases(opened: () => Opened): void {
  test("a message comes with all that its first attempts need", async () => {
    const { store } = opened();
    const application = await createApplication(store, { uid: "gull" });
    const endpoint = await createEndpoint(store, application, {
      headers: { "X-Stamp": "blue" },
      secrets: [
        { key: "whsec_new", createdAtMs: NOW_MS, expiresAtMs: null },
        { key: "whsec_rotated", createdAtMs: 0, expiresAtMs: NOW_MS + 1 },
        { key: "whsec_expired", createdAtMs: 0, expiresAtMs: NOW_MS },
      ],
    });
    const message = aMessage(application, { application: "gull", lease: RAVEN });
    expect(await store.accept(message)).toEqual({
      kind: "accepted",
      applicationId: application.id,
      attempts: [
        {
          messageId: message.id,
          endpointId: endpoint.id,
          attemptNumber: 1,
          applicationId: application.id,
          eventType: "letter.sent",
          url: "https://receiver.example/hooks",
          headers: { "X-Stamp": "blue" },
          secrets: ["whsec_new", "whsec_rotated"],
          payload: message.payload,
          contentType: null,
          requestFormat: null,
          retrySchedule: null,
          scheduleFrom: 0,
          throttle: null,
          labels: [],
          isTest: false,
        },
      ],
      inLine: [],
    });
  });

  test("an application is found only in its own organization, and only while it exists", async () => {
    const { store } = opened();
    const application = await createApplication(store, { uid: "tern" });
    const elsewhere = { ...application, organizationId: "org_other" };
    const unknown = { kind: "unknown_application" };
    expect(await store.accept(aMessage(elsewhere))).toEqual(unknown);
    expect(await store.accept(aMessage(elsewhere, { application: "tern" }))).toEqual(unknown);
    expect(await store.accept(aMessage(application, { application: "nobody" }))).toEqual(unknown);
    await store.applications.remove(application.id, NOW_MS);
    expect(await store.accept(aMessage(application))).toEqual(unknown);
  });

  test("an archived event type is refused, an unknown one is not", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await store.eventTypes.create(anEventType(application.organizationId, { archived: true }));
    const refused = aMessage(application);
    expect(await store.accept(refused)).toEqual({ kind: "event_type_archived" });
    expect(await store.messages.find(application.id, refused.id, false)).toBeUndefined();
    const unknown = aMessage(application, { eventType: "letter.lost" });
    expect((await store.accept(unknown)).kind).toBe("accepted");
  });
}

export function groupCases(opened: () => Opened): void {
  test("of the messages with one event id, in one breath or later, one is accepted", async () => {
    const { store } = opened();
    const [gull, tern] = [await createApplication(store), await createApplication(store)];
    const twins = [gull, gull, tern].map((one) => aMessage(one, { eventId: "stamp-1" }));
    const results = await Promise.all(twins.map(async (one) => store.accept(one)));
    expect(results.map(({ kind }) => kind)).toEqual(["accepted", "event_id_taken", "accepted"]);
    const late = aMessage(gull, { eventId: "stamp-1" });
    expect(await store.accept(late)).toEqual({ kind: "event_id_taken" });
    expect(await store.messages.deliveries(late.id)).toEqual([]);
  });

  test("200 at once are accepted, though one among them cannot be", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store);
    const bad = aMessage(application, { id: attempt.messageId });
    const good = Array.from({ length: 200 }, () => aMessage(application));
    const messages = good.toSpliced(100, 0, bad);
    const settled = await Promise.allSettled(messages.map(async (one) => store.accept(one)));
    expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(settled[100]?.status).toBe("rejected");
    const page = { limit: 250, order: "ascending", withPayload: false } as const;
    expect((await store.messages.list(application.id, page)).rows).toHaveLength(201);
    const deliveries = await Promise.all(good.map(async ({ id }) => store.messages.deliveries(id)));
    expect(deliveries.flat()).toHaveLength(200);
  });
}

type Subscription = {
  readonly title: string;
  readonly eventTypes?: readonly string[];
  readonly channels?: readonly string[];
  readonly disabled?: boolean;
  readonly messageChannels?: readonly string[];
  readonly subscribed: boolean;
};

const SUBSCRIPTIONS: readonly Subscription[] = [
  { title: "no lists", subscribed: true },
  { title: "no lists, message in a channel", messageChannels: ["north"], subscribed: true },
  { title: "the event type is listed", eventTypes: ["a.b", "letter.sent"], subscribed: true },
  { title: "another event type is listed", eventTypes: ["letter"], subscribed: false },
  { title: "channels overlap", channels: ["n", "s"], messageChannels: ["s"], subscribed: true },
  { title: "channels differ", channels: ["n"], messageChannels: ["s"], subscribed: false },
  { title: "channels, message in none", channels: ["n"], subscribed: false },
  {
    title: "channels, message in an empty list",
    channels: ["n"],
    messageChannels: [],
    subscribed: false,
  },
  {
    title: "channels overlap, another event type",
    eventTypes: ["a.b"],
    channels: ["n"],
    messageChannels: ["n"],
    subscribed: false,
  },
  {
    title: "channels overlap, event type is listed",
    eventTypes: ["letter.sent"],
    channels: ["n"],
    messageChannels: ["n"],
    subscribed: true,
  },
  { title: "disabled", disabled: true, subscribed: false },
];

export function subscriptionCases(opened: () => Opened): void {
  test.each(SUBSCRIPTIONS)("$title: $subscribed", async (subscription) => {
    const { eventTypes = null, channels = null, disabled = false } = subscription;
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application, { eventTypes, channels, disabled });
    const message = aMessage(application, { channels: subscription.messageChannels ?? null });
    const attempts = attemptsOf(await store.accept(message));
    expect(attempts).toHaveLength(subscription.subscribed ? 1 : 0);
    expect(await store.messages.deliveries(message.id)).toHaveLength(attempts.length);
  });

  test("a deleted endpoint receives nothing, nor does another application's", async () => {
    const { store } = opened();
    const [gull, tern] = [await createApplication(store), await createApplication(store)];
    const [gone, kept] = [await createEndpoint(store, gull), await createEndpoint(store, gull)];
    await createEndpoint(store, tern);
    await store.endpoints.remove(gone.id, NOW_MS);
    const attempts = attemptsOf(await store.accept(aMessage(gull)));
    expect(attempts.map(({ endpointId }) => endpointId)).toEqual([kept.id]);
  });
}
