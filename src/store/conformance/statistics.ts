import { beforeAll, expect, test } from "vitest";
import type { Span } from "../catalogue-statistics.ts";
import type { AttemptCounts } from "../catalogue.ts";
import type { AttemptToMake } from "../store.ts";
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

/** When an hour begins. */
const START_MS = NOW_MS - (NOW_MS % (60 * MINUTE_MS));

function at(minute: number) {
  return { endedAtMs: START_MS + minute * MINUTE_MS };
}

function span(fromMinute: number, untilMinute: number): Span {
  return { fromMs: at(fromMinute).endedAtMs, untilMs: at(untilMinute).endedAtMs };
}
