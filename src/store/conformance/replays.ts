import { expect, test } from "vitest";
import type { MessageScan } from "../catalogue-tasks.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Store } from "../store.ts";
import { aMessage, aRecord, createApplication, createEndpoint, NOW_MS } from "./fixtures.ts";
import { all, ALL, idsOf, sendEach, sendOne } from "./replay-fixtures.ts";
import type { Opened } from "./test-database.ts";

export function failedCases(opened: () => Opened): void {
  test("failed are those that are being retried or ended without success, and that nobody canceled", async () => {
    const { store } = opened();
    const states = ["pending", "succeeded", "exhausted", "endpoint_gone", "canceled"] as const;
    const { endpoint, attempts } = await sendEach(store, states);
    const found = await all((scan) => store.replays.failed(endpoint.id, scan));
    expect(found).toEqual(idsOf([...attempts.slice(0, 1), ...attempts.slice(2, 4)]));
  });

  test("… within the range, each once, whatever changes at a page's boundary", async () => {
    const { store } = opened();
    const states = Array.from({ length: 20 }, () => "exhausted" as const);
    const { endpoint, attempts } = await sendEach(store, states);
    const ids = idsOf(attempts);
    const range = { ...ALL, idFrom: ids[2] ?? "", idBelow: ids[17] ?? "" };
    const found: string[] = [];
    for (let after: string | null = ""; after !== null;) {
      const page = await store.replays.failed(endpoint.id, { ...range, after });
      found.push(...page.ids);
      // What was found is recovered, and is on no list from then on.
      for (const id of page.ids) {
        const made = attempts.find(({ messageId }) => messageId === id);
        if (made) await succeedByHand(store, made);
      }
      after = page.scannedTo;
    }
    expect(found).toEqual(ids.slice(2, 17));
  });
}

export function missingCases(opened: () => Opened): void {
  test("missing are those that an endpoint wants and was never to get", async () => {
    const { store } = opened();
    const { application, attempts } = await sendEach(store, ["succeeded", "exhausted"]);
    await sendOne(store, application, { eventType: "parcel.sent" });
    const late = await createEndpoint(store, application, { eventTypes: ["letter.sent"] });
    const since = await sendOne(store, application, {}, 40);
    const { missing } = store.replays;
    expect(await all((scan) => missing(late, scan))).toEqual(idsOf(attempts));
    const curious = { ...late, eventTypes: null };
    expect(await all((scan) => missing(curious, scan))).toHaveLength(3);
    const [{ messageId } = { messageId: "" }] = since;
    expect(await store.messages.deliveries(messageId)).toHaveLength(2);
  });

  test("… but not what was for nobody, or for one other", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id: endpointId } = await createEndpoint(store, application);
    for (const recipients of ["nobody", { endpointId }] as const) {
      await store.accept(aMessage(application, { recipients }));
    }
    const late = await createEndpoint(store, application);
    expect(await all((scan) => store.replays.missing(late, scan))).toEqual([]);
  });

  test("… of one of its channels, if it has any", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const sent: string[] = [];
    for (const channels of [["north"], ["south", "east"], ["west"], null]) {
      const message = aMessage(application, {
        id: newId("msg", NOW_MS + 10 * sent.length),
        channels,
      });
      await store.accept(message);
      sent.push(message.id);
    }
    const late = await createEndpoint(store, application, { channels: ["north", "east"] });
    const found = await all((scan) => store.replays.missing(late, scan));
    expect(found).toEqual(sent.slice(0, 2));
  });
}

export function deliveredCases(opened: () => Opened): void {
  test("what was to be delivered is found by status, type, channel, tag and answer", async () => {
    const { store } = opened();
    const states = ["succeeded", "exhausted", "canceled", "pending", "pending"] as const;
    const { application, endpoint, attempts } = await sendEach(store, states);
    const [unattempted] = await sendOne(
      store,
      application,
      {
        eventType: "parcel.sent",
        channels: ["north"],
        tags: ["a"],
      },
      900,
    );
    const ids = [...idsOf(attempts), unattempted?.messageId];
    const find = async (filter: object) => {
      const found = await all((scan) => store.replays.delivered(endpoint.id, filter, scan));
      return found.map((id) => ids.indexOf(id));
    };
    expect(await find({})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await find({ statuses: ["succeeded"] })).toEqual([0]);
    expect(await find({ statuses: ["failed"] })).toEqual([1]);
    expect(await find({ statuses: ["canceled"] })).toEqual([2]);
    expect(await find({ statuses: ["retrying"] })).toEqual([3, 4]);
    expect(await find({ statuses: ["unattempted"] })).toEqual([5]);
    expect(await find({ eventTypes: ["parcel.sent", "none"] })).toEqual([5]);
    expect(await find({ channel: "north" })).toEqual([5]);
    expect(await find({ tag: "a" })).toEqual([5]);
    expect(await find({ tag: "north" })).toEqual([]);
    expect(await find({ statusCodeClass: 500 })).toEqual([1, 2, 3, 4]);
    expect(await find({ statusCodeClass: 200, statuses: ["succeeded"] })).toEqual([0]);
  });

  test("a page looks at so many, and goes on from there", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const endpoint = await createEndpoint(store, application);
    const messages = Array.from({ length: 1_500 }, (_none, i) =>
      aMessage(application, { id: newId("msg", NOW_MS + 4 * i) }),
    );
    await Promise.all(messages.map(async (message) => store.accept(message)));
    await sendOne(store, application, { eventType: "parcel.sent" }, 90_000);
    const filter = { eventTypes: ["parcel.sent"] };
    const first = await store.replays.delivered(endpoint.id, filter, { ...ALL, after: "" });
    expect(first).toEqual({ ids: [], scannedTo: messages[999]?.id });
    const found = await all((scan) => store.replays.delivered(endpoint.id, filter, scan));
    expect(found).toHaveLength(1);
  });
}

export function purgeCases(opened: () => Opened): void {
  test("payloads are deleted of those that have one, in the range", async () => {
    const { store } = opened();
    const { application, attempts } = await sendEach(store, ["succeeded", "pending", "pending"]);
    const [first = "", second = "", third = ""] = idsOf(attempts);
    await store.messages.expunge(first);
    const within = { ...ALL, idBelow: third };
    const { withPayload } = store.replays;
    const scan = async (one: MessageScan) => withPayload(application.id, { ...one, ...within });
    expect(await all(scan)).toEqual([second]);
    await store.replays.purge([second]);
    await store.replays.purge([]);
    expect(await all(scan)).toEqual([]);
    const kept = await store.messages.find(application.id, third, true);
    expect(kept?.payload).not.toBeNull();
  });
}

async function succeedByHand(store: Store, made: AttemptToMake): Promise<void> {
  const changes = { succeeded: true, statusCode: 200, number: 0, trigger: "manual" } as const;
  const { state: _, nextAttemptAtMs: __, ...record } = aRecord(made, changes);
  await store.recordManual({ ...record, holder: "raven", endpointIsGone: false });
}
