import type { Attempt, AttemptHeaders } from "../../domain/records.ts";
import { newId } from "../../store/new-id.ts";
import type { AttemptRecord } from "../../store/store.ts";
import type { TestGateway } from "./test-gateway.ts";

type Changes = Partial<Attempt> & Partial<Pick<AttemptRecord, "state" | "eventType">>;

const NO_HEADERS: AttemptHeaders = { sent: {}, received: [] };

/** Keeps an attempt as if it had been made; of which message, at what, and when, unless said. */
export async function recordAttempt(
  { store }: TestGateway,
  changes: Changes,
  headers: AttemptHeaders = NO_HEADERS,
): Promise<Attempt> {
  const { state = "exhausted", eventType = "letter.sent", ...given } = changes;
  const endedAtMs = given.endedAtMs ?? Date.now();
  const succeeded = given.succeeded ?? state === "succeeded";
  const attempt: Attempt = {
    id: newId("atmpt", endedAtMs),
    messageId: newId("msg", endedAtMs),
    endpointId: newId("ep", endedAtMs),
    applicationId: newId("app", endedAtMs),
    number: 1,
    trigger: "scheduled",
    url: "https://receiver.example/",
    succeeded,
    statusCode: succeeded ? 200 : 500,
    reason: null,
    response: "",
    durationMs: 1,
    endedAtMs,
    ...given,
  };
  const nextAttemptAtMs = state === "pending" ? endedAtMs + 60_000 : null;
  await store.record({ attempt, headers, labels: [], eventType, state, nextAttemptAtMs });
  return attempt;
}
