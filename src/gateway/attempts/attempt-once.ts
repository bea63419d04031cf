import { setTimeout as sleep } from "node:timers/promises";
import type { MessageToAccept } from "../../delivery/accept.ts";
import type { Attempt } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { problem } from "../http/problem.ts";
import { eventIdTaken, refused } from "../messages/message-refusals.ts";

export type AttemptOnceDeps = Pick<
  GatewayDeps,
  "accept" | "attempts" | "resend" | "testAttemptWaitMs"
>;

const POLL_MS = 100;
const NEWEST = {
  limit: 1,
  order: "descending",
  withResponse: true,
  withMessage: false,
} as const;

/**
 * Keeps a message for nobody, has one attempt of it made at one endpoint, and waits for what comes of
 * it. Throws a ProblemError where it is not accepted, cannot be attempted (503) or takes too long (504).
 */
export async function attemptOnce(
  deps: AttemptOnceDeps,
  message: Omit<MessageToAccept, "recipients" | "idempotencyKey">,
  endpointId: string,
): Promise<Attempt> {
  const toNobody = { ...message, recipients: "nobody", idempotencyKey: null } as const;
  const accepted = await deps.accept(toNobody);
  if (accepted.kind === "repeated") throw eventIdTaken();
  if (accepted.kind !== "accepted") throw refused(accepted.kind, message.eventType);

  const { id: messageId, applicationId } = accepted;
  await deps.resend({ messageId, endpointId, applicationId });
  return attemptOf(deps, messageId);
}

/** The only attempt of its message, once there is one. Throws a ProblemError (504). */
async function attemptOf(
  { attempts, testAttemptWaitMs }: AttemptOnceDeps,
  messageId: string,
): Promise<Attempt> {
  const untilMs = Date.now() + testAttemptWaitMs;
  for (;;) {
    const [made] = (await attempts.listByMessage(messageId, NEWEST)).rows;
    if (made !== undefined) return made.attempt;
    if (Date.now() >= untilMs) {
      throw problem(504, "attempt_pending", `The attempt of ${messageId} has not ended so far`);
    }
    await sleep(POLL_MS);
  }
}
