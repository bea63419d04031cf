import type { EndpointOut } from "svix";
import { newId } from "../../../src/store/new-id.ts";
import type { Installation } from "../../support/installation.ts";

const HOUR_MS = 3_600_000;
const HOURS = 7 * 24;
const PER_HOUR_MAX = 6;
const EVENT_TYPES = ["order.completion", "invoice.paid", "product.update"];

/** A week of attempts as if they had been made: more by day than by night, always the same. */
export async function recordPast(
  { store }: Installation,
  applicationId: string,
  { id: endpointId, url }: Pick<EndpointOut, "id" | "url">,
  failing: number,
): Promise<void> {
  const random = createRandom(failing);
  const recording: Promise<unknown>[] = [];
  for (let hour = 1; hour < HOURS; hour++) {
    const busy = (1 + Math.sin((hour / 12) * Math.PI)) / 2;
    const many = Math.round(busy * PER_HOUR_MAX * (0.5 + random()));
    for (let i = 0; i < many; i++) {
      const endedAtMs = Math.floor(Date.now() - (hour + random()) * HOUR_MS);
      const succeeded = random() >= failing;
      const attempt = {
        id: newId("atmpt", endedAtMs),
        messageId: newId("msg", endedAtMs),
        endpointId,
        applicationId,
        number: 1,
        trigger: "scheduled",
        url,
        succeeded,
        statusCode: succeeded ? 200 : 401,
        reason: null,
        response: succeeded ? '{"received":true}' : '{"error":"invalid signature"}',
        durationMs: Math.round(20 + 180 * random() ** 3),
        endedAtMs,
      } as const;
      recording.push(
        store.record({
          attempt,
          headers: { sent: {}, received: [] },
          labels: [],
          eventType: EVENT_TYPES[i % EVENT_TYPES.length] ?? "order.completion",
          state: succeeded ? "succeeded" : "exhausted",
          nextAttemptAtMs: null,
        }),
      );
    }
  }
  await Promise.all(recording);
}

/** Numbers from 0 to 1 that look like chance, and are the same in every picture. */
function createRandom(seed: number): () => number {
  let state = Math.round(seed * 1_000) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
