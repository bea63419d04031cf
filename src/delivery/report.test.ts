import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NextStep } from "../domain/delivery.ts";
import type { Attempt } from "../domain/records.ts";
import { report, type CarriedDelivery } from "./report.ts";

const NOW_MS = Date.UTC(2030, 0, 1);

type Made = { readonly next: NextStep; readonly attempt?: Partial<Attempt> };

function made({ next, attempt }: Made): CarriedDelivery {
  const answered: Attempt = {
    id: "atmpt_1",
    messageId: "msg_1",
    endpointId: "ep_1",
    applicationId: "app_1",
    number: 1,
    trigger: "scheduled",
    url: "https://example.com/secret-path",
    succeeded: false,
    statusCode: 503,
    reason: null,
    response: "a body that stays out of Temporal",
    durationMs: 12,
    endedAtMs: NOW_MS,
    ...attempt,
  };
  return { kind: "made", made: { attempt: answered, eventType: "invoice.paid", next } };
}

const SUCCESS = made({
  next: { kind: "end", end: "succeeded" },
  attempt: { succeeded: true, statusCode: 200, messageId: "msg_fine" },
});
const waits = (delayMs: number, attempt: Partial<Attempt> = {}): CarriedDelivery =>
  made({ next: { kind: "wait", delayMs }, attempt });

describe("a report", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW_MS });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("counts the deliveries that have ended", () => {
    const delivery = { messageId: "msg_1", endpointId: "ep_1" };
    const carried: readonly CarriedDelivery[] = [
      SUCCESS,
      made({ next: { kind: "end", end: "exhausted" } }),
      { kind: "ended", delivery, state: "endpoint_deleted" },
      { kind: "ended", delivery, state: "succeeded" },
      waits(5_000),
    ];
    expect(report(carried)).toMatchObject({ succeeded: 2, failed: 2 });
  });

  it("says when what failed is due again, from the end of its attempt", () => {
    const carried = [waits(5_000, { number: 3, endedAtMs: NOW_MS - 800 })];
    expect(report(carried).waiting).toEqual([
      {
        messageId: "msg_1",
        endpointId: "ep_1",
        applicationId: "app_1",
        attemptNumber: 4,
        dueInMs: 4_200,
        isUnderWay: false,
      },
    ]);
  });

  it("has what should have been made already due at once", () => {
    expect(report([waits(5_000, { endedAtMs: NOW_MS - 9_000 })]).waiting).toMatchObject([
      { dueInMs: 0 },
    ]);
  });

  it("passes on what waits for other reasons", () => {
    const waiting = {
      messageId: "msg_1",
      endpointId: "ep_1",
      applicationId: "app_1",
      attemptNumber: 2,
      dueInMs: 0,
      isUnderWay: true,
    };
    expect(report([{ kind: "waits", waiting }])).toEqual({
      succeeded: 0,
      failed: 0,
      attempts: [],
      waiting: [waiting],
    });
  });

  it("has a line for each attempt, failed ones first", () => {
    const refused = { statusCode: 0, reason: "refused", endpointId: "ep_2" } as const;
    expect(report([SUCCESS, waits(1), waits(1, refused)]).attempts).toEqual([
      "ep_1 attempt 1: 503 in 12 ms (invoice.paid, msg_1)",
      "ep_2 attempt 1: refused in 12 ms (invoice.paid, msg_1)",
      "ep_1 attempt 1: 200 in 12 ms (invoice.paid, msg_fine)",
    ]);
  });

  it("has no more lines than a page has room for, and no answers or addresses", () => {
    const text = JSON.stringify(report(Array.from({ length: 500 }, () => waits(1))));
    expect(text.match(/invoice\.paid/g)).toHaveLength(20);
    expect(text).not.toContain("a body that stays out");
    expect(text).not.toContain("secret-path");
  });
});
