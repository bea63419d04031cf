import type { z } from "zod";
import { idTimeMs } from "../domain/ids.ts";
import type { Message } from "../domain/records.ts";
import { memberBytes } from "./json-member.ts";
import type { MESSAGE_IN, MESSAGE_OUT } from "./message-schemas.ts";
import { invalidField } from "./problem.ts";
import { RawJson } from "./raw-json.ts";

export type MessageIn = z.output<typeof MESSAGE_IN>;

/** What is answered; the payload as it came. */
export type MessageOut = Omit<z.output<typeof MESSAGE_OUT>, "payload"> & {
  readonly payload: RawJson;
};

const NO_CONTENT = new RawJson("{}");
const EXPIRED = new RawJson('{"expired":true}');
const OPENING_BRACE = 0x7b;

/** The payload's bytes as they came. Throws a ProblemError (422) if there is no payload. */
export function payloadIn(body: MessageIn, bodyBytes: Uint8Array): Uint8Array {
  const member = body.payload === undefined ? "data" : "payload";
  const bytes = body[member] === undefined ? undefined : memberBytes(bodyBytes, member);
  if (bytes === undefined) throw invalidField(["body", "payload"], "Field required");
  const raw = body.transformationsParams?.rawPayload;
  return typeof raw === "string" ? Buffer.from(raw) : bytes;
}

export function messageOut(message: Message, withContent: boolean): MessageOut {
  const { id, eventType, eventId, channels, payload } = message;
  const timestamp = new Date(idTimeMs("msg", id) ?? 0).toISOString();
  const shown = withContent ? payloadOut(payload) : NO_CONTENT;
  return { id, eventType, eventId, channels, payload: shown, timestamp };
}

function payloadOut(payload: Uint8Array | null): RawJson {
  if (payload === null) return EXPIRED;
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
  // A raw payload may be any text, but what clients read here is an object.
  return new RawJson(payload[0] === OPENING_BRACE ? text : JSON.stringify({ rawPayload: text }));
}
