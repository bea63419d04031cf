import type { Resend } from "../../delivery/resend.ts";
import { newId } from "../../store/new-id.ts";
import type { Store } from "../../store/store.ts";
import { problem } from "../http/problem.ts";

/**
 * Stands for Temporal and a worker: the attempt is made at once, and the path of the endpoint's URL
 * says what comes of it: /fails, /never, /unavailable, or else a success.
 */
export function createTestResend(store: Store): Resend {
  return async ({ messageId, endpointId, applicationId }) => {
    const endpoint = await store.endpoints.find(applicationId, endpointId);
    const message = await store.messages.find(applicationId, messageId, false);
    if (endpoint === undefined || message === undefined) throw new Error("nothing to attempt");
    const { pathname } = new URL(endpoint.url);
    if (pathname === "/unavailable") throw problem(503, "unavailable", "Temporal is away");
    if (pathname === "/never") return;

    const nowMs = Date.now();
    const succeeded = pathname !== "/fails";
    const attempt = {
      id: newId("atmpt", nowMs),
      messageId,
      endpointId,
      applicationId,
      number: 1,
      trigger: "manual",
      url: endpoint.url,
      succeeded,
      statusCode: succeeded ? 200 : 500,
      reason: null,
      response: succeeded ? "thanks" : "out of stamps",
      durationMs: 12,
      endedAtMs: nowMs,
    } as const;
    await store.record({
      attempt,
      headers: { sent: {}, received: [] },
      labels: [],
      eventType: message.eventType,
      state: succeeded ? "succeeded" : "exhausted",
      nextAttemptAtMs: null,
    });
  };
}
