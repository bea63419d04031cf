import { beforeAll, expect, test } from "vitest";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Application } from "../../domain/records.ts";
import type { AttemptQuery, MessageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Store } from "../store.ts";
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

export function messageListCases(opened: () => Opened): void {
  let application: Application;
  beforeAll(async () => {
    application = await createApplication(opened().store);
    for (const [i, [eventType, channels]] of [
      ["letter.sent", ["north"]],
      ["letter.lost", ["north", "south"]],
      ["parcel.sent", null],
    ].entries() as Iterable<[number, [string, string[] | null]]>) {
      const id = newId("msg", NOW_MS + i * SECOND_MS);
      const message = { id, eventType, channels, eventId: `e-${i}`, payload: LETTER };
      await opened().store.accept(aMessage(application, message));
    }
  });

  const FILTERS: readonly [string, Partial<MessageQuery>, readonly string[]][] = [
    ["no filter", {}, ["e-0", "e-1", "e-2"]],
    ["a channel", { channel: "south" }, ["e-1"]],
    ["a channel of two", { channel: "north" }, ["e-0", "e-1"]],
    ["event types", { eventTypes: ["letter.sent", "parcel.sent"] }, ["e-0", "e-2"]],
    ["both", { eventTypes: ["letter.sent", "parcel.sent"], channel: "north" }, ["e-0"]],
    ["from a time", { idFrom: lowestIdAt("msg", NOW_MS + SECOND_MS) }, ["e-1", "e-2"]],
    ["before a time", { idBelow: lowestIdAt("msg", NOW_MS + SECOND_MS) }, ["e-0"]],
    [
      "in a span of time",
      {
        idFrom: lowestIdAt("msg", NOW_MS + 4),
        idBelow: lowestIdAt("msg", NOW_MS + SECOND_MS + 4),
      },
      ["e-1"],
    ],
  ];
  test.each(FILTERS)("filtered by %s", async (_, filter, expected) => {
    const query = { limit: 10, order: "ascending", withPayload: false, ...filter } as const;
    const { rows } = await opened().store.messages.list(application.id, query);
    expect(rows.map(({ eventId }) => eventId)).toEqual(expected);
    expect(rows.every(({ payload }) => payload === null)).toBe(true);
  });

  test("a message is found by id and event id, with its payload if that is asked for", async () => {
    const { messages } = opened().store;
    const found = await messages.find(application.id, "e-1", false);
    expect(found).toMatchObject({ eventType: "letter.lost", channels: ["north", "south"] });
    expect(found?.payload).toBeNull();
    const whole = await messages.find(application.id, found?.id ?? "", true);
    expect(Buffer.from(whole?.payload ?? [])).toEqual(LETTER);
    expect(await messages.find("app_other", "e-1", false)).toBeUndefined();
    const query = { limit: 1, order: "ascending", withPayload: true } as const;
    const [row] = (await messages.list(application.id, query)).rows;
    expect(Buffer.from(row?.payload ?? [])).toEqual(LETTER);
  });
}

export function attemptListCases(opened: () => Opened): void {
  let ours: AttemptToMake;
  let theirs: AttemptToMake;
  beforeAll(async () => {
    [ours, theirs] = await fillAttempts(opened().store);
  });

  const query = { limit: 10, order: "ascending", withResponse: false, withMessage: false } as const;
  const BY_ENDPOINT: readonly [string, Partial<AttemptQuery>, readonly number[]][] = [
    ["no filter", {}, [0, 1, 2, 4]],
    ["success", { succeeded: true }, [2]],
    ["failure", { succeeded: false }, [0, 1, 4]],
    ["no answer", { statusCodeClass: 0 }, [0]],
    ["2xx", { statusCodeClass: 200 }, [2]],
    ["4xx", { statusCodeClass: 400 }, [1]],
    ["5xx", { statusCodeClass: 500 }, [4]],
    ["4xx that succeeded", { statusCodeClass: 400, succeeded: true }, []],
    ["the message's channel", { channel: "north" }, [0, 1, 2]],
    ["the event type", { eventTypes: ["parcel.sent", "x"] }, [4]],
    ["from a time", { idFrom: lowestIdAt("atmpt", NOW_MS + 2 * SECOND_MS) }, [2, 4]],
    ["before a time", { idBelow: lowestIdAt("atmpt", NOW_MS + SECOND_MS) }, [0]],
    ["failure in a channel", { succeeded: false, channel: "north" }, [0, 1]],
    ["what cannot be", { succeeded: false, statusCodeClass: 200 }, []],
  ];
  test.each(BY_ENDPOINT)("an endpoint's, filtered by %s", async (_, filter, expected) => {
    const { attempts } = opened().store;
    const { rows } = await attempts.listByEndpoint(ours.endpointId, { ...query, ...filter });
    expect(rows.map(({ attempt }) => attempt.durationMs)).toEqual(expected);
    expect(rows.every(({ attempt, message }) => !attempt.response && !message)).toBe(true);
  });

  test("a message's, of all its endpoints or of one", async () => {
    const { attempts } = opened().store;
    const durations = async (filter: Partial<AttemptQuery>) =>
      (await attempts.listByMessage(ours.messageId, { ...query, ...filter })).rows.map(
        ({ attempt }) => attempt.durationMs,
      );
    expect(await durations({})).toEqual([0, 1, 2, 3]);
    expect(await durations({ endpointId: theirs.endpointId })).toEqual([3]);
    expect(await durations({ order: "descending", succeeded: true })).toEqual([3, 2]);
    expect(await durations({ statusCodeClass: 200, succeeded: false })).toEqual([]);
    expect(await durations({ statusCodeClass: 400, channel: "north" })).toEqual([1]);
    expect(await durations({ channel: "north", tag: "none" })).toEqual([]);
    expect(await durations({ eventTypes: ["parcel.sent"] })).toEqual([]);
    expect(await durations({ succeeded: false, statusCodeClass: 200 })).toEqual([]);
  });

  test("answers and messages come with them where they are asked for", async () => {
    const { attempts } = opened().store;
    const whole = { ...query, withResponse: true, withMessage: true, limit: 1 };
    const [row] = (await attempts.listByEndpoint(ours.endpointId, whole)).rows;
    expect(row?.attempt.response).toBe("out of stamps");
    expect(row?.message).toMatchObject({ id: ours.messageId, channels: ["north"] });
    expect(Buffer.from(row?.message?.payload ?? [])).toEqual(LETTER);
    expect(await attempts.find(ours.messageId, "atmpt_none")).toBeUndefined();
    const found = await attempts.find(ours.messageId, row?.attempt.id ?? "");
    expect(found).toEqual(row);
    expect(await attempts.find("msg_other", row?.attempt.id ?? "")).toBeUndefined();
  });
}

/** Attempts at two endpoints, told by how long they took: 0 to 4 ms. Of one message but the last. */
async function fillAttempts(store: Store): Promise<readonly [AttemptToMake, AttemptToMake]> {
  const application = await createApplication(store);
  await createEndpoint(store, application);
  await createEndpoint(store, application);
  const letter = aMessage(application, { channels: ["north"], payload: LETTER });
  const parcel = aMessage(application, { eventType: "parcel.sent" });
  const [first, second] = attemptsOf(await store.accept(letter));
  const other = attemptsOf(await store.accept(parcel)).find(
    ({ endpointId }) => endpointId === first?.endpointId,
  );
  if (first === undefined || second === undefined || other === undefined) throw new Error("none");
  const [ours, theirs] = [first, second];
  const at = (i: number) => ({ id: newId("atmpt", NOW_MS + i * SECOND_MS), durationMs: i });
  await store.record(aRecord(ours, { ...at(0), statusCode: 0, reason: "timeout" }));
  await store.record(aRecord(ours, { ...at(1), statusCode: 404, number: 2 }));
  await store.record(aSuccess(ours, { ...at(2), statusCode: 201, number: 3 }));
  await store.record(aSuccess(theirs, { ...at(3), statusCode: 200 }));
  await store.record(aRecord(other, { ...at(4), statusCode: 503 }));
  return [ours, theirs];
}
