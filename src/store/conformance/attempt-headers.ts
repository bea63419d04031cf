import { expect, test } from "vitest";
import type { AttemptHeaders } from "../../domain/records.ts";
import type { Opened } from "./test-database.ts";
import { acceptOne, aRecord } from "./fixtures.ts";

const HEADERS: AttemptHeaders = {
  sent: { "user-agent": "Posthorn", Authorization: null, "x-name": 'Zoë "Z"' },
  received: [
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
    ["server", "owl"],
  ],
};

export function attemptHeaderCases(opened: () => Opened): void {
  test("they are as they were", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const record = { ...aRecord(attempt), headers: HEADERS };
    await store.record(record);
    expect(await store.attemptHeaders(attempt.messageId, record.attempt.id)).toEqual(HEADERS);
    expect(await store.attemptHeaders("msg_other", record.attempt.id)).toBeUndefined();
    expect(await store.attemptHeaders(attempt.messageId, "atmpt_other")).toBeUndefined();
  });

  test("the answer's go with its body when that is expunged", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const record = { ...aRecord(attempt), headers: HEADERS };
    await store.record(record);
    await store.attempts.expunge(attempt.messageId, record.attempt.id);
    const left = await store.attemptHeaders(attempt.messageId, record.attempt.id);
    expect(left).toEqual({ sent: HEADERS.sent, received: [] });
  });
}
