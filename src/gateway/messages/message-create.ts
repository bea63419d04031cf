import { createUnlessThere } from "../applications/create-unless-there.ts";
import { findAddressee, findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Answer, type PathCall, type Route } from "../route.ts";
import type { PayloadWarning } from "../payload-check/check-payload.ts";
import { messageIn, messageOut, type MessageContent, type MessageIn } from "./message-record.ts";
import { refused } from "./message-refusals.ts";
import { CONTENT_QUERY, MESSAGE_IN, MESSAGE_OUT } from "./message-schemas.ts";

type Deps = Pick<
  GatewayDeps,
  "accept" | "applications" | "checkPayload" | "idempotentCalls" | "messages"
>;

const ACCEPTED =
  "Accepted: kept, and seen to from now on. The header posthorn-payload-warning says what the " +
  "payload does not have as the schema of its event type says, where the organization wants to know";

export function createMessage(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg",
    operationId: "v1.message.create",
    summary: "Send a message to the application's endpoints",
    access: "publisher",
    scope: "publish",
    query: CONTENT_QUERY,
    body: MESSAGE_IN,
    example: { eventType: "invoice.paid", payload: { invoice: "in_42", amount: 1_200 } },
    answers: { 202: MESSAGE_OUT },
    successes: { 202: ACCEPTED },
    conflict: "Another message of the application has the eventId",
    idempotency: "own",
    async handle(call) {
      const content = messageIn(call.body, call.bodyBytes);
      const headers = await checked(deps, call.principal.organizationId, call.body, content);
      const { application: newOne } = call.body;
      if (newOne) await createUnlessThere(deps, call, newOne);

      const { idempotencyKey } = call;
      const message = { ...content, ...(await findAddressee(deps, call)), idempotencyKey };
      for (;;) {
        const accepted = await deps.accept({ ...message, recipients: "subscribed" });
        if (accepted.kind === "accepted") {
          const kept = { ...message, id: accepted.id, applicationId: accepted.applicationId };
          return { status: 202, body: messageOut(kept, call.query.with_content), headers };
        }
        if (accepted.kind !== "repeated") throw refused(accepted.kind, message.eventType);
        const answer = await answerAgain(deps, call);
        if (answer !== undefined) return answer;
      }
    },
  });
}

/** Before anything is kept. Throws a ProblemError (422) where the payload is refused. */
async function checked(
  { checkPayload }: Deps,
  organizationId: string,
  body: MessageIn,
  { eventType, payload }: MessageContent,
): Promise<PayloadWarning> {
  const raw = body.transformationsParams?.rawPayload ?? undefined;
  // What is sent in its place may be any text, of which a schema says nothing.
  if (raw !== undefined && !raw.startsWith("{")) return {};
  const parsed: unknown = raw === undefined ? (body.payload ?? body.data) : JSON.parse(raw);
  const payloadBytes = payload.byteLength;
  return checkPayload({ organizationId, eventType, payload: parsed, payloadBytes });
}

type SentCall = PathCall & {
  readonly idempotencyKey: string | null;
  readonly query: { readonly with_content: boolean };
};

/**
 * What the first call with this key was answered; undefined, and the key is free again, if its
 * message is not there: another one had the eventId, or the application was deleted since.
 */
async function answerAgain(deps: Deps, call: SentCall): Promise<Answer | undefined> {
  const { id: applicationId } = await findApplication(deps, call);
  const key = call.idempotencyKey ?? "";
  const messageId = (await deps.idempotentCalls.messageOf(key)) ?? "";
  const withContent = call.query.with_content;
  const message = await deps.messages.find(applicationId, messageId, withContent);
  if (message === undefined) {
    await deps.idempotentCalls.forgetMessage(key, messageId);
    return undefined;
  }
  return { status: 202, body: messageOut(message, withContent), isRepeated: true };
}
