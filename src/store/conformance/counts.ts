import { beforeAll, expect, test } from "vitest";
import { lowestIdAt } from "../../domain/ids.ts";
import type { AttemptCounts, TimeRange } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { Opened } from "./test-database.ts";
import { acceptOne, aRecord, aSuccess, NOW_MS } from "./fixtures.ts";

const SECOND_MS = 1_000;

export function attemptCountCases(opened: () => Opened): void {
  let endpointId: string;
  beforeAll(async () => {
    const { store } = opened();
    const [ours, other] = [(await acceptOne(store)).attempt, (await acceptOne(store)).attempt];
    const at = (second: number) => ({ id: newId("atmpt", NOW_MS + second * SECOND_MS) });
    await store.record(aRecord(ours, at(0)));
    await store.record(aRecord(ours, { ...at(1), statusCode: 0, reason: "timeout" }));
    await store.record(aSuccess(ours, at(2)));
    await store.record(aRecord(ours, { ...at(3), trigger: "manual" }));
    await store.record(aSuccess(other, at(4)));
    endpointId = ours.endpointId;
  });

  const from = (second: number) => ({ idFrom: lowestIdAt("atmpt", NOW_MS + second * SECOND_MS) });
  const below = (second: number) => ({ idBelow: lowestIdAt("atmpt", NOW_MS + second * SECOND_MS) });
  const RANGES: readonly [string, TimeRange, AttemptCounts][] = [
    ["in all", {}, { succeeded: 1, failed: 3 }],
    ["from a time", from(1), { succeeded: 1, failed: 2 }],
    ["before a time", below(2), { succeeded: 0, failed: 2 }],
    ["in a span of time", { ...from(1), ...below(3) }, { succeeded: 1, failed: 1 }],
    ["where there are none", from(4), { succeeded: 0, failed: 0 }],
  ];
  test.each(RANGES)("an endpoint's, %s", async (_, range, expected) => {
    expect(await opened().store.attempts.count(endpointId, range)).toEqual(expected);
  });

  test("those of nobody are none", async () => {
    const counts = await opened().store.attempts.count("ep_none", {});
    expect(counts).toEqual({ succeeded: 0, failed: 0 });
  });
}
