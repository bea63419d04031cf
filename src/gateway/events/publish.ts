import { idTimeMs } from "../../domain/ids.ts";
import type { MessageToAccept } from "../../delivery/accept.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, invalid, invalidField, ProblemError } from "../http/problem.ts";
import { expiresAtMs } from "../messages/message-record.ts";
import { refused } from "../messages/message-refusals.ts";
import type { EventIn, EventOut } from "./event-schemas.ts";

export type PublishDeps = Pick<GatewayDeps, "accept" | "checkPayload">;

type Addressee = Pick<MessageToAccept, "organizationId" | "application" | "applicationKind">;

/** What the same fields are called by whoever publishes events. */
const FIELDS: Readonly<Record<string, string>> = {
  eventType: "event",
  payload: "data",
};

/**
 * Keeps an event as a message whose payload is its data as compact JSON. Throws a ProblemError where
 * that is refused; `at` is where in the request's body the event stands.
 */
export async function publish(
  deps: PublishDeps,
  to: Addressee,
  event: EventIn,
  at: readonly string[] = [],
): Promise<EventOut> {
  try {
    return await keep(deps, to, event);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.fields.length === 0) throw error;
    throw invalid(error.fields.map((field) => ({ ...field, loc: locOf(field.loc, at) })));
  }
}

async function keep(
  { accept, checkPayload }: PublishDeps,
  to: Addressee,
  { event, data, id }: EventIn,
): Promise<EventOut> {
  const payload = compact(data);
  const checked = { eventType: event, payload: data, payloadBytes: payload.byteLength };
  const warned = await checkPayload({ organizationId: to.organizationId, ...checked });
  const accepted = await accept({
    ...to,
    eventType: event,
    eventId: id ?? null,
    channels: null,
    tags: null,
    payload,
    contentType: null,
    deliverAtMs: null,
    payloadExpiresAtMs: expiresAtMs(Date.now()),
    recipients: "subscribed",
    idempotencyKey: null,
  });
  if (accepted.kind === "event_id_taken" || accepted.kind === "repeated") {
    throw conflict("An event with this id has been published before");
  }
  if (accepted.kind !== "accepted") throw refused(accepted.kind, event);
  return {
    id: id ?? accepted.id,
    messageId: accepted.id,
    event,
    acceptedAt: new Date(idTimeMs("msg", accepted.id) ?? 0).toISOString(),
    warning: warned["posthorn-payload-warning"] ?? null,
  };
}

/** JSON can be nested deeper than it can be written. */
function compact(data: object): Buffer {
  try {
    return Buffer.from(JSON.stringify(data));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidField(["body", "payload"], "Input should be nested less deeply");
  }
}

function locOf([body = "body", field = "", ...rest]: readonly string[], at: readonly string[]) {
  return [body, ...at, FIELDS[field] ?? field, ...rest];
}
