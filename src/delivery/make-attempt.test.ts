import { describe, expect, it } from "vitest";
import type { AttemptRecord } from "../store/store.ts";
import { createMakeAttempt } from "./make-attempt.ts";
import { createMetrics } from "./metrics.ts";

const BODY = "twenty thousand bytes of an error page";

describe("an attempt that was made", () => {
  it("leaves what the receiver answered to the store: whoever remembers it has no room for that", async () => {
    const records: AttemptRecord[] = [];
    const makeAttempt = createMakeAttempt({
      store: { record: async (one) => void records.push(one) },
      outbound: {
        post: async () => ({
          kind: "answered",
          status: 503,
          headers: [["retry-after", "3"]],
          body: BODY,
          retryAfterMs: undefined,
          durationMs: 12,
        }),
      },
      schedule: [5_000],
      jitter: 0,
      headerSet: "webhook",
      userAgent: "Posthorn/test",
      metrics: createMetrics(),
    });
    const made = await makeAttempt({
      messageId: "msg_1",
      endpointId: "ep_1",
      applicationId: "app_1",
      attemptNumber: 1,
      eventType: "invoice.paid",
      url: "https://example.com/",
      headers: { "X-Password": "owl" },
      secrets: [],
      payload: Buffer.from("{}"),
      contentType: "text/csv",
      requestFormat: null,
      retrySchedule: null,
      throttle: null,
      scheduleFrom: 0,
      labels: [],
      isTest: false,
    });
    expect(records.map(({ attempt }) => attempt.response)).toEqual([BODY]);
    expect(made).toMatchObject({ attempt: { statusCode: 503 }, next: { delayMs: 5_000 } });
    expect(JSON.stringify(made)).not.toContain(BODY);
    expect(records.map(({ headers }) => headers)).toEqual([
      {
        sent: {
          "X-Password": null,
          "content-type": "text/csv",
          "user-agent": "Posthorn/test",
          "webhook-id": "msg_1",
          "webhook-timestamp": expect.stringMatching(/^\d{10}$/),
          "webhook-signature": "",
        },
        received: [["retry-after", "3"]],
      },
    ]);
  });
});
