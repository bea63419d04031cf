import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import { IDEMPOTENT_MS, type ClaimResult } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  anEventType,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";

export function recipientCases(opened: () => Opened): void {
  test("one endpoint alone can be named: it gets the message whatever it is subscribed to", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const deaf = { eventTypes: ["parcel.sent"], channels: ["north"] };
    const named = await createEndpoint(store, application, deaf);
    await createEndpoint(store, application);
    const recipients = { endpointId: named.id };
    const attempts = attemptsOf(await store.accept(aMessage(application, { recipients })));
    expect(attempts.map(({ endpointId }) => endpointId)).toEqual([named.id]);
  });

  test("an endpoint that is disabled, or another application's, gets nothing by being named", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const disabled = await createEndpoint(store, application, { disabled: true });
    const foreign = await createEndpoint(store, await createApplication(store));
    for (const { id } of [disabled, foreign]) {
      const message = aMessage(application, { recipients: { endpointId: id } });
      expect(attemptsOf(await store.accept(message))).toEqual([]);
    }
  });

  test("a message to nobody is kept", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const message = aMessage(application, { recipients: "nobody", tags: ["vip"] });
    expect(attemptsOf(await store.accept(message))).toEqual([]);
    expect(await store.messages.find(application.id, message.id, false)).toMatchObject({
      id: message.id,
      tags: ["vip"],
    });
  });
}

export function idempotencyCases(opened: () => Opened): void {
  const key = (): string => newId("msg", NOW_MS);

  test("a call that is made again keeps no second message", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const idempotencyKey = key();
    const first = aMessage(application, { idempotencyKey });
    expect((await store.accept(first)).kind).toBe("accepted");
    const again = aMessage(application, { idempotencyKey });
    expect(await store.accept(again)).toEqual({ kind: "repeated" });
    expect(await store.messages.find(application.id, again.id, false)).toBeUndefined();
  });

  test("of twins that come together one is accepted, and their neighbours are", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const idempotencyKey = key();
    const twins = Array.from({ length: 5 }, () => aMessage(application, { idempotencyKey }));
    const messages = [aMessage(application), ...twins, aMessage(application)];
    const results = await Promise.all(messages.map((message) => store.accept(message)));
    const kinds = results.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "accepted")).toHaveLength(3);
    expect(kinds.filter((kind) => kind === "repeated")).toHaveLength(4);
  });

  test("what was refused can be tried again under its key", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const idempotencyKey = key();
    const nowhere = aMessage(application, { application: "nobody", idempotencyKey });
    expect(await store.accept(nowhere)).toEqual({ kind: "unknown_application" });
    expect((await store.accept(aMessage(application, { idempotencyKey }))).kind).toBe("accepted");
  });

  test("a key is forgotten after a while", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const idempotencyKey = key();
    const kindAt = async (acceptedAtMs: number): Promise<string> =>
      (await store.accept(aMessage(application, { idempotencyKey, acceptedAtMs }))).kind;
    expect(await kindAt(NOW_MS)).toBe("accepted");
    expect(await kindAt(NOW_MS + IDEMPOTENT_MS - 1)).toBe("repeated");
    expect(await kindAt(NOW_MS + IDEMPOTENT_MS)).toBe("accepted");
    expect(await kindAt(NOW_MS + IDEMPOTENT_MS + 1)).toBe("repeated");
  });
}

export function attemptDetailCases(opened: () => Opened): void {
  test("the first attempt and the later ones have the message's content type and the event type's schedule", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const { organizationId } = application;
    await store.eventTypes.create(anEventType(organizationId, { retrySchedule: [1_000, 60_000] }));
    const message = aMessage(application, { contentType: "text/csv" });
    const [first] = attemptsOf(await store.accept(message));
    if (first === undefined) throw new Error("no attempt to make");
    expect(first).toMatchObject({ contentType: "text/csv", retrySchedule: [1_000, 60_000] });
    const [result] = await store.claim([{ ...first, attemptNumber: 1 }], OWL);
    const { payload: _, ...rest } = first;
    expect(claimed(result)).toMatchObject(rest);
  });

  test("a payload past its time is attempted no more", async () => {
    const { store } = opened();
    const payloadExpiresAtMs = NOW_MS + 10_000;
    const { attempt } = await acceptOne(store, { payloadExpiresAtMs, lease: RAVEN });
    await store.record(aRecord(attempt));
    const second = { ...attempt, attemptNumber: 2 };
    const atMs = (nowMs: number) => ({ ...OWL, nowMs, untilMs: nowMs + 1 });
    const [before] = await store.claim([second], atMs(payloadExpiresAtMs - 1));
    expect(before?.kind).toBe("claimed");
    const [after] = await store.claim([second], atMs(payloadExpiresAtMs + 5));
    expect(after).toEqual({ kind: "ended", state: "expunged" });
  });
}

function claimed(result: ClaimResult | undefined) {
  if (result?.kind !== "claimed") throw new Error(`not claimed: ${result?.kind}`);
  return result.attempt;
}
