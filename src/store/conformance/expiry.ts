import { expect, test } from "vitest";
import type { DeliveryKey } from "../../domain/delivery.ts";
import { newId } from "../new-id.ts";
import { IDEMPOTENT_MS, type Store } from "../store.ts";
import {
  acceptOne,
  aMessage,
  anApplication,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const HOUR_MS = 3_600_000;
/** Long before anything that another case lets expire. */
const EARLY_MS = 1_600_000_000_000;
const PAGE = { limit: 9, order: "descending", withPayload: true } as const;

export function payloadExpiryCases(opened: () => Opened): void {
  test("a payload reads as null from the moment it expires", async () => {
    const { messages } = opened().store;
    for (const [fromNowMs, isKept] of [
      [-1, false],
      [HOUR_MS, true],
    ] as const) {
      const payloadExpiresAtMs = Date.now() + fromNowMs;
      const accepted = await acceptOne(opened().store, { payloadExpiresAtMs, tags: ["red"] });
      const { application, endpoint, attempt } = accepted;
      const payload = isKept ? Buffer.from('{"to":"Ida"}') : null;
      const found = await messages.find(application.id, attempt.messageId, true);
      expect(found && { ...found, payload: found.payload && Buffer.from(found.payload) }).toEqual(
        expect.objectContaining({ id: attempt.messageId, tags: ["red"], payload }),
      );
      const [listed] = (await messages.list(application.id, PAGE)).rows;
      expect(listed?.payload === null).toBe(!isKept);
      const [delivered] = (await messages.listByEndpoint(endpoint.id, PAGE)).rows;
      expect(delivered?.message.payload === null).toBe(!isKept);
    }
  });

  test("payloads are deleted at their time, the oldest first, so many at once", async () => {
    const { expiry } = opened().store;
    const keep = await keeper(opened().store);
    const [late, middle, early] = [
      await keep.message(3),
      await keep.message(2),
      await keep.message(1),
    ];
    const endless = await keep.message(null);
    const kept = async () => Promise.all([early, middle, late, endless].map(keep.has));
    expect(await expiry.payloads(EARLY_MS, 10)).toBe(0);
    expect(await expiry.payloads(EARLY_MS + 2, 1)).toBe(1);
    expect(await kept()).toEqual([false, true, true, true]);
    expect(await expiry.payloads(EARLY_MS + 2, 10)).toBe(1);
    expect(await expiry.payloads(EARLY_MS + 2, 10)).toBe(0);
    expect(await kept()).toEqual([false, false, true, true]);
    expect(await expiry.payloads(EARLY_MS + 3, 10)).toBe(1);
    expect(await kept()).toEqual([false, false, false, true]);
  });

  test("several processes share what there is to delete", async () => {
    const { store, database } = opened();
    const keep = await keeper(store);
    for (let count = 0; count < 40; count++) await keep.message(5);
    const other = await database.open();
    const rounds = [store, other, store, other].map((one) => one.expiry.payloads(EARLY_MS + 5, 15));
    const counts = await Promise.all(rounds);
    counts.push(await other.expiry.payloads(EARLY_MS + 5, 99));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(await store.expiry.payloads(EARLY_MS + 5, 99)).toBe(0);
    await other.close();
  });

  test("a payload that was expunged does not expire again", async () => {
    const { store } = opened();
    const keep = await keeper(store);
    const { messageId } = await keep.message(7);
    await store.messages.expunge(messageId);
    expect(await store.expiry.payloads(EARLY_MS + 7, 10)).toBe(0);
  });
}

export function callExpiryCases(opened: () => Opened): void {
  test("a call is forgotten after its time, and no sooner", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const accept = async () => {
      const message = aMessage(application, { idempotencyKey: "call", acceptedAtMs: NOW_MS });
      return (await store.accept(message)).kind;
    };
    expect(await accept()).toBe("accepted");
    expect(await store.expiry.calls(NOW_MS + IDEMPOTENT_MS - 1, 10)).toBe(0);
    expect(await accept()).toBe("repeated");
    expect(await store.expiry.calls(NOW_MS + IDEMPOTENT_MS, 10)).toBe(1);
    expect(await accept()).toBe("accepted");
  });
}

export function expungeManyCases(opened: () => Opened): void {
  test("several payloads are expunged at once, by id or event id", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const keep = async (eventId: string | null) => {
      const message = aMessage(application, { eventId, payloadExpiresAtMs: Date.now() + HOUR_MS });
      await store.accept(message);
      return message.id;
    };
    const [first, second, third] = [await keep(null), await keep("slip"), await keep(null)];
    const { attempt: foreign } = await acceptOne(store, { eventId: "foreign" });
    const unknown = newId("msg", NOW_MS);
    const names = [first, "slip", second, foreign.messageId, "foreign", unknown, "nothing"];
    const found = await store.messages.expungeMany(application.id, names);
    expect(found).toEqual(new Set([first, "slip", second]));
    expect(await isKept(store, application.id, first)).toBe(false);
    expect(await isKept(store, application.id, second)).toBe(false);
    expect(await isKept(store, application.id, third)).toBe(true);
    expect(await isKept(store, foreign.applicationId, foreign.messageId)).toBe(true);
    expect(await store.messages.expungeMany(application.id, [])).toEqual(new Set());
  });
}

export function subscriptionExistsCases(opened: () => Opened): void {
  test.each([
    ["no endpoint", false, []],
    ["one for all", true, [{}]],
    ["one that is disabled", false, [{ disabled: true }]],
    ["one for another type", false, [{ eventTypes: ["parcel.sent"] }]],
    ["one for this type among others", true, [{ eventTypes: ["parcel.sent", "letter.sent"] }]],
    ["one for another channel", false, [{ channels: ["b"] }]],
    ["one for one of the channels", true, [{ channels: ["b", "a"] }]],
    ["one of two", true, [{ disabled: true }, { channels: ["a"] }]],
  ])("with %s, that there is one is %s", async (_, expected, endpoints) => {
    const { store } = opened();
    const application = await createApplication(store);
    for (const changes of endpoints) await createEndpoint(store, application, changes);
    const exist = store.subscriptions.exist(application.id, "letter.sent", ["a", "c"]);
    expect(await exist).toBe(expected);
  });

  test("a message without channels is for endpoints without channels", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application, { channels: ["a"] });
    expect(await store.subscriptions.exist(application.id, "letter.sent", null)).toBe(false);
    const { id } = await createEndpoint(store, application);
    expect(await store.subscriptions.exist(application.id, "letter.sent", null)).toBe(true);
    expect(await store.subscriptions.exist(anApplication().id, "letter.sent", null)).toBe(false);
    await store.endpoints.remove(id, NOW_MS);
    expect(await store.subscriptions.exist(application.id, "letter.sent", null)).toBe(false);
  });
}

/** Keeps messages whose payloads expire so many milliseconds after EARLY_MS. */
async function keeper(store: Store) {
  const application = await createApplication(store);
  const endpoint = await createEndpoint(store, application);
  const lease = { holder: "raven", nowMs: EARLY_MS, untilMs: EARLY_MS };
  return {
    async message(expiresInMs: number | null): Promise<DeliveryKey> {
      const payloadExpiresAtMs = expiresInMs === null ? null : EARLY_MS + expiresInMs;
      const message = aMessage(application, { payloadExpiresAtMs });
      await store.accept(message);
      return { messageId: message.id, endpointId: endpoint.id };
    },
    /** What is past its time reads as null anyway: an attempt before that shows what is there. */
    async has(key: DeliveryKey): Promise<boolean> {
      const [claimed] = await store.claim([{ ...key, attemptNumber: 1 }], lease);
      return claimed?.kind === "claimed";
    },
  };
}

async function isKept(store: Store, applicationId: string, id: string): Promise<boolean> {
  const found = await store.messages.find(applicationId, id, true);
  return (found?.payload ?? null) !== null;
}
