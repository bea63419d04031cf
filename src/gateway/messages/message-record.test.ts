import { expect, it } from "vitest";
import { messageIn } from "./message-record.ts";
import { MESSAGE_IN } from "./message-schemas.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function read(fields: object) {
  const body = { eventType: "invoice.paid", payload: {}, ...fields };
  return messageIn(MESSAGE_IN.parse(body), Buffer.from(JSON.stringify(body)));
}

it("keeps a payload for as long as is asked from when it is sent, however late that is", () => {
  const deliverAtMs = Date.now() + 300 * DAY_MS;
  const deliverAt = new Date(deliverAtMs).toISOString();
  expect(read({ deliverAt })).toMatchObject({
    deliverAtMs,
    payloadExpiresAtMs: deliverAtMs + 90 * DAY_MS,
  });
  expect(read({ deliverAt, payloadRetentionHours: 1 })).toMatchObject({
    payloadExpiresAtMs: deliverAtMs + HOUR_MS,
  });
});

it("takes a time that has passed as now", () => {
  const { deliverAtMs, payloadExpiresAtMs } = read({ deliverAt: "2020-01-01T00:00:00Z" });
  expect(deliverAtMs).toBeNull();
  expect(payloadExpiresAtMs).toBeGreaterThan(Date.now() + 89 * DAY_MS);
});
