import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import { aRecord, createEndpoint, NOW_MS } from "./fixtures.ts";
import { idsOf, sendEach } from "./replay-fixtures.ts";
import type { Opened } from "./test-database.ts";

export function exportCases(opened: () => Opened): void {
  test("an export has how each message fares, with its last attempt at this endpoint", async () => {
    const { store } = opened();
    const { application, endpoint, attempts } = await sendEach(store, ["exhausted", "succeeded"]);
    const [first] = attempts;
    if (first === undefined) throw new Error("There is an attempt of the first message");
    const id = newId("atmpt", NOW_MS);
    const late = { id, statusCode: 0, response: "No answer", endedAtMs: 7, succeeded: false };
    await store.record(aRecord(first, { ...late, reason: "timeout", state: "exhausted" }));

    const ids = idsOf(attempts);
    const rows = await store.deliveries.exported(endpoint.id, ids.toReversed());
    expect(rows.map(({ messageId }) => messageId)).toEqual(ids);
    expect(rows[0]).toMatchObject({
      eventType: first.eventType,
      delivery: { state: "exhausted", nextAttemptAtMs: null },
      attempt: { endedAtMs: 7, statusCode: 0, reason: "timeout", detail: "No answer" },
    });
    expect(rows[1]).toMatchObject({
      delivery: { state: "succeeded" },
      attempt: { url: endpoint.url, statusCode: 204, reason: null, detail: null },
    });

    const other = await createEndpoint(store, application);
    const [missed] = await store.deliveries.exported(other.id, ids);
    expect(missed).toMatchObject({ messageId: ids[0], delivery: null, attempt: null });
    expect(await store.deliveries.exported(endpoint.id, [])).toEqual([]);
  });
}
