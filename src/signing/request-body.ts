import type { BodyToken, RequestFormat } from "../domain/request-format.ts";

export type Content = {
  readonly eventType: string;
  readonly payload: Uint8Array;
  /** null is JSON's. */
  readonly contentType: string | null;
};

export type RequestBody = Pick<Content, "contentType"> & {
  readonly body: Uint8Array;
  /** There was no object where the token should go: the body is without it. */
  readonly isTokenLeftOut: boolean;
};

type JsonObject = Record<string, unknown>;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i;

/**
 * What is sent of a message. Where it is not the payload byte for byte it is what JSON.stringify
 * makes, which comes out the same when a receiver parses it and makes it again.
 */
export function requestBody(format: RequestFormat, content: Content): RequestBody {
  if (format.body === "event-data") return eventData(format.bodyToken, content);
  if (format.bodyToken === null) return unchanged(content, false);
  const parsed = parse(content);
  const text = isPlaced(parsed, format.bodyToken) ? stringify(parsed) : undefined;
  return text === undefined ? unchanged(content, true) : json(text, content.contentType, false);
}

function unchanged({ payload, contentType }: Content, isTokenLeftOut: boolean): RequestBody {
  return { body: payload, contentType, isTokenLeftOut };
}

/** A payload that is no JSON, or nested too deep to be written again, goes as its text. */
function eventData(bodyToken: BodyToken | null, content: Content): RequestBody {
  const { eventType: event } = content;
  const parsed = parse(content);
  const wrapped = { event, data: parsed === undefined ? textOf(content) : parsed };
  const isIn = bodyToken === null || isPlaced(wrapped, bodyToken);
  const text = stringify(wrapped);
  if (text !== undefined) return json(text, null, !isIn);
  const asText = { event, data: textOf(content) };
  const isInText = bodyToken === null || isPlaced(asText, bodyToken);
  return json(JSON.stringify(asText), null, !isInText);
}

function json(text: string, contentType: string | null, isTokenLeftOut: boolean): RequestBody {
  return { body: Buffer.from(text), contentType, isTokenLeftOut };
}

/** undefined where it is no JSON. */
function parse(content: Content): unknown {
  if (content.contentType !== null && !JSON_TYPE.test(content.contentType)) return undefined;
  try {
    return JSON.parse(textOf(content));
  } catch {
    return undefined;
  }
}

function textOf({ payload }: Content): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
}

/** undefined where it is nested too deep for that. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Puts the token into the parsed body, unless something that is no object is in its way. */
function isPlaced(parsed: unknown, { path, token }: BodyToken): boolean {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at = parsed;
  for (const name of names) {
    if (!isObject(at)) return false;
    // Not what every object inherits, such as its constructor.
    if (!Object.hasOwn(at, name)) at[name] = {};
    at = at[name];
  }
  if (!isObject(at)) return false;
  at[last] = token;
  return true;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
