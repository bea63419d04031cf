import { beforeAll, expect, test } from "vitest";
import type { Span } from "../catalogue-statistics.ts";
import type { AttemptCounts } from "../catalogue.ts";
import type { AttemptToMake } from "../store.ts";
import { newId } from "../new-id.ts";
import type { Opened } from "./test-database.ts";
import { acceptOne, aRecord, aSuccess, NOW_MS } from "./fixtures.ts";

const MINUTE_MS = 60_000;

export function statisticsCases(opened: () => Opened): void {
  let applicationId: string;
  beforeAll(async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const of = (eventType: string): AttemptToMake => ({ ...attempt, eventType });
    await store.record(aSuccess(of("letter.sent"), at(0)));
    await store.record(aRecord(of("letter.sent"), at(1)));
    await store.record(aRecord(of("letter.lost"), at(1)));
    await store.record(aSuccess(of("letter.lost"), at(9)));
    await store.record(aSuccess(of("parcel.sent"), at(10)));
    const other = await acceptOne(store);
    await store.record(aSuccess(other.attempt, at(1)));
    ({ applicationId } = attempt);
  });

  const counts = (succeeded: number, failed: number) => ({ succeeded, failed });
  const SPANS: readonly [string, Span, Readonly<Record<string, AttemptCounts>>][] = [
    [
      "in all",
      span(-100, 100),
      {
        "letter.sent": counts(1, 1),
        "letter.lost": counts(1, 1),
        "parcel.sent": counts(1, 0),
      },
    ],
    ["from a time, which counts", span(10, 100), { "parcel.sent": counts(1, 0) }],
    ["until a time, which does not", span(0, 1), { "letter.sent": counts(1, 0) }],
    [
      "of some event types",
      { ...span(0, 100), eventTypes: ["letter.lost", "nothing"] },
      { "letter.lost": counts(1, 1) },
    ],
    [
      "of any, if none is named",
      { ...span(10, 11), eventTypes: [] },
      { "parcel.sent": counts(1, 0) },
    ],
    ["where there are none", span(11, 100), {}],
    ["in no time", span(1, 1), {}],
  ];
  test.each(SPANS)("by event type, %s", async (_, asked, expected) => {
    const found = await opened().store.statistics.byEventType(applicationId, asked);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test("by period, and those that are empty are left out", async () => {
    const { statistics } = opened().store;
    const periodMs = 5 * MINUTE_MS;
    const found = await statistics.byPeriod(applicationId, span(-100, 100), periodMs);
    expect(new Map(found)).toEqual(
      new Map([
        [START_MS, counts(1, 2)],
        [START_MS + periodMs, counts(1, 0)],
        [START_MS + 2 * periodMs, counts(1, 0)],
      ]),
    );
    const some = { ...span(0, 100), eventTypes: ["letter.lost"] };
    const letters = await statistics.byPeriod(applicationId, some, 60 * MINUTE_MS);
    expect([...letters.values()]).toEqual([counts(1, 1)]);
  });
}

export function durationCases(opened: () => Opened): void {
  test("how long attempts took: the newest of a span", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    for (const [minute, durationMs] of [10, 30, 20, 40].entries()) {
      await store.record(aRecord(attempt, { durationMs, ...at(minute) }));
    }
    const durations = async (rowsMax: number) =>
      store.statistics.durations(attempt.applicationId, span(0, 3), rowsMax);
    expect(await durations(9)).toEqual([20, 30, 10]);
    expect(await durations(2)).toEqual([20, 30]);
  });
}

export function endpointCountCases(opened: () => Opened): void {
  const made = (record: typeof aRecord, attempt: AttemptToMake, minute: number) =>
    record(attempt, { id: newId("atmpt", at(minute).endedAtMs), ...at(minute) });

  test("by endpoint and span, those without attempts as well", async () => {
    const { store } = opened();
    const [one, other, idle] = [await acceptOne(store), await acceptOne(store), "ep_idle"];
    await store.record(made(aSuccess, one.attempt, 0));
    await store.record(made(aRecord, one.attempt, 1));
    await store.record(made(aSuccess, one.attempt, 130));
    await store.record(made(aRecord, other.attempt, 5));
    const ids = [one.endpoint.id, other.endpoint.id, idle];
    const spans = [span(0, 5), span(5, 180)];
    expect(Object.fromEntries(await store.statistics.byEndpoint(ids, spans))).toEqual({
      [one.endpoint.id]: [
        { succeeded: 1, failed: 1 },
        { succeeded: 1, failed: 0 },
      ],
      [other.endpoint.id]: [
        { succeeded: 0, failed: 0 },
        { succeeded: 0, failed: 1 },
      ],
      [idle]: [
        { succeeded: 0, failed: 0 },
        { succeeded: 0, failed: 0 },
      ],
    });
    expect(await store.statistics.byEndpoint([], spans)).toEqual(new Map());
  });

  test("the last failure of an endpoint, of whatever status", async () => {
    const { store } = opened();
    const { attempt, endpoint } = await acceptOne(store);
    const { lastFailure } = store.statistics;
    await store.record(made(aSuccess, attempt, 3));
    expect(await lastFailure(endpoint.id)).toBeUndefined();
    const failures = [
      made(aRecord, attempt, 0),
      made(aRecord, attempt, 2),
      made(aRecord, attempt, 1),
    ];
    for (const [i, failure] of failures.entries()) {
      const statusCode = [500, 0, 404][i] ?? 0;
      await store.record({ ...failure, attempt: { ...failure.attempt, statusCode } });
    }
    expect(await lastFailure(endpoint.id)).toMatchObject({ ...at(2), statusCode: 0 });
  });
}

/** When an hour begins. */
const START_MS = NOW_MS - (NOW_MS % (60 * MINUTE_MS));

function at(minute: number) {
  return { endedAtMs: START_MS + minute * MINUTE_MS };
}

function span(fromMinute: number, untilMinute: number): Span {
  return { fromMs: at(fromMinute).endedAtMs, untilMs: at(untilMinute).endedAtMs };
}
