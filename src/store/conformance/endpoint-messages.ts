import { beforeAll, expect, test } from "vitest";
import { lowestIdAt } from "../../domain/ids.ts";
import type { EndpointMessageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, NewMessage } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  aMessage,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

const SECOND_MS = 1_000;
const LETTER = Buffer.from('{"letter":1}');

export function endpointMessageCases(opened: () => Opened): void {
  let endpointId: string;
  beforeAll(async () => {
    const { store } = opened();
    const application = await createApplication(store);
    endpointId = (await createEndpoint(store, application)).id;
    await createEndpoint(store, application);
    const send = async (i: number, changes: Partial<NewMessage> = {}): Promise<AttemptToMake> => {
      const id = newId("msg", NOW_MS + i * SECOND_MS);
      const message = aMessage(application, { id, eventId: `e-${i}`, payload: LETTER, ...changes });
      const attempts = attemptsOf(await store.accept(message));
      const ours = attempts.find((one) => one.endpointId === endpointId);
      const theirs = attempts.find((one) => one.endpointId !== endpointId);
      if (ours === undefined || theirs === undefined) throw new Error("no attempt to make");
      await store.record(aSuccess(theirs));
      return ours;
    };
    await store.record(aSuccess(await send(0, { channels: ["north"] })));
    await store.record(aRecord(await send(1, { eventType: "parcel.sent" })));
    await store.record(aRecord(await send(2, { channels: ["north"] }), { state: "exhausted" }));
    await send(3);
    const canceled = newId("msg", NOW_MS - SECOND_MS);
    await send(-1, { id: canceled });
    await store.deliveries.cancel(endpointId, lowestIdAt("msg", NOW_MS));
  });

  const FILTERS: readonly [string, Partial<EndpointMessageQuery>, readonly string[]][] = [
    ["no filter", {}, ["e--1", "e-0", "e-1", "e-2", "e-3"]],
    ["success", { statuses: ["succeeded"] }, ["e-0"]],
    ["failure", { statuses: ["failed"] }, ["e-2"]],
    ["cancellation", { statuses: ["canceled"] }, ["e--1"]],
    ["failure or cancellation", { statuses: ["failed", "canceled"] }, ["e--1", "e-2"]],
    ["no attempt so far", { statuses: ["unattempted"] }, ["e-3"]],
    ["retries under way", { statuses: ["retrying"] }, ["e-1"]],
    ["a channel", { channel: "north" }, ["e-0", "e-2"]],
    ["event types", { eventTypes: ["parcel.sent", "x"] }, ["e-1"]],
    ["failure in a channel", { statuses: ["failed"], channel: "north" }, ["e-2"]],
    ["from a time", { idFrom: lowestIdAt("msg", NOW_MS + 2 * SECOND_MS) }, ["e-2", "e-3"]],
    ["before a time", { idBelow: lowestIdAt("msg", NOW_MS + SECOND_MS) }, ["e--1", "e-0"]],
  ];
  test.each(FILTERS)("filtered by %s", async (_, filter, expected) => {
    const query = { limit: 10, order: "ascending", withPayload: false, ...filter } as const;
    const { rows } = await opened().store.messages.listByEndpoint(endpointId, query);
    expect(rows.map(({ message }) => message.eventId)).toEqual(expected);
    expect(rows.every(({ message }) => message.payload === null)).toBe(true);
    expect(rows.every(({ delivery }) => delivery.endpointId === endpointId)).toBe(true);
  });

  test("each with its delivery, and with its payload where that is asked for", async () => {
    const query = { limit: 2, order: "descending", withPayload: true } as const;
    const { rows, hasMore } = await opened().store.messages.listByEndpoint(endpointId, query);
    expect(hasMore).toBe(true);
    expect(rows.map(({ delivery }) => delivery)).toMatchObject([
      { state: "pending", attemptsMade: 0, messageId: rows[0]?.message.id },
      { state: "exhausted", attemptsMade: 1, nextAttemptAtMs: null },
    ]);
    expect(Buffer.from(rows[0]?.message.payload ?? [])).toEqual(LETTER);
  });
}
