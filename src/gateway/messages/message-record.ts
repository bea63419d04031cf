import type { z } from "zod";
import type { MessageToAccept } from "../../delivery/accept.ts";
import { idTimeMs } from "../../domain/ids.ts";
import type { Message } from "../../domain/records.ts";
import { invalidField } from "../http/problem.ts";
import { RawJson } from "../http/raw-json.ts";
import { DAY_MS } from "../input/times.ts";
import { memberBytes } from "./json-member.ts";
import { contentTypeOf } from "./message-fields.ts";
import {
  DELIVER_AHEAD_DAYS_MAX,
  RETENTION_DAYS_MAX,
  type MESSAGE_IN,
  type MESSAGE_OUT,
} from "./message-schemas.ts";

export type MessageIn = z.output<typeof MESSAGE_IN>;

/** What is answered; the payload as it came. */
export type MessageOut = Omit<z.output<typeof MESSAGE_OUT>, "payload"> & {
  readonly payload: RawJson;
};

/** What a message is, without who sends it where. */
export type MessageContent = Pick<
  MessageToAccept,
  | "eventType"
  | "eventId"
  | "channels"
  | "tags"
  | "payload"
  | "contentType"
  | "payloadExpiresAtMs"
  | "deliverAtMs"
>;

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const NO_CONTENT = new RawJson("{}");
const EXPIRED = new RawJson('{"expired":true}');
const OPENING_BRACE = 0x7b;

/** Throws a ProblemError (422) if there is no payload. */
export function messageIn(body: MessageIn, bodyBytes: Uint8Array): MessageContent {
  const { eventType, eventId = null, channels = null, tags = null } = body;
  const deliverAtMs = deliverAtIn(body.deliverAt ?? null);
  return {
    eventType,
    eventId,
    channels,
    tags,
    payload: payloadIn(body, bodyBytes),
    contentType: contentTypeOf(body.transformationsParams?.headers ?? {}) ?? null,
    deliverAtMs,
    payloadExpiresAtMs: expiresAtMs(deliverAtMs ?? Date.now(), retentionHours(body)),
  };
}

/** undefined where the body says nothing. */
function retentionHours(body: MessageIn): number | undefined {
  const days = body.payloadRetentionPeriod ?? undefined;
  return body.payloadRetentionHours ?? (days && days * DAY_HOURS);
}

/** When a payload that is to be sent at a time is deleted. */
export function expiresAtMs(sentAtMs: number, hours = RETENTION_DAYS_MAX * DAY_HOURS): number {
  return sentAtMs + hours * HOUR_MS;
}

/** null is now, which any time is that has passed. Throws a ProblemError (422) if it is too far. */
function deliverAtIn(time: string | null): number | null {
  const [nowMs, deliverAtMs] = [Date.now(), time === null ? 0 : Date.parse(time)];
  if (deliverAtMs > nowMs + DELIVER_AHEAD_DAYS_MAX * DAY_MS) {
    const msg = `Input should be at most ${DELIVER_AHEAD_DAYS_MAX} days from now`;
    throw invalidField(["body", "deliverAt"], msg);
  }
  return deliverAtMs > nowMs ? deliverAtMs : null;
}

/** The payload's bytes as they came. */
function payloadIn(body: MessageIn, bodyBytes: Uint8Array): Uint8Array {
  const member = body.payload === undefined ? "data" : "payload";
  const bytes = body[member] === undefined ? undefined : memberBytes(bodyBytes, member);
  if (bytes === undefined) throw invalidField(["body", "payload"], "Field required");
  const raw = body.transformationsParams?.rawPayload;
  return typeof raw === "string" ? Buffer.from(raw) : bytes;
}

export function messageOut(message: Message, withContent: boolean): MessageOut {
  const { id, eventType, eventId, channels, tags, payload, deliverAtMs } = message;
  const deliverAt = deliverAtMs === null ? null : new Date(deliverAtMs).toISOString();
  const timestamp = new Date(idTimeMs("msg", id) ?? 0).toISOString();
  const shown = withContent ? payloadOut(payload) : NO_CONTENT;
  return { id, eventType, eventId, channels, tags, payload: shown, timestamp, deliverAt };
}

function payloadOut(payload: Uint8Array | null): RawJson {
  if (payload === null) return EXPIRED;
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
  // A raw payload may be any text, but what clients read here is an object.
  return new RawJson(payload[0] === OPENING_BRACE ? text : JSON.stringify({ rawPayload: text }));
}
