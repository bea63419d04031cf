const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * The bytes of one member's value in a JSON object, without the space around it. `json` must be
 * valid JSON with an object at the top. As in JSON.parse, the last of several members of that name
 * counts; undefined if there is none.
 */
export function memberBytes(json: Uint8Array, name: string): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  let at = skipSpace(json, 0) + 1;
  while ((at = skipSpace(json, at)) < json.length && json[at] === QUOTE) {
    const keyEnd = endOfString(json, at);
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const valueEnd = endOfValue(json, valueStart);
    if (keyAt(json, at, keyEnd) === name) found = json.subarray(valueStart, valueEnd);
    at = skipSpace(json, valueEnd) + 1;
  }
  return found;
}

function keyAt(json: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(Buffer.from(json.buffer, json.byteOffset + start, end - start).toString());
}

function skipSpace(json: Uint8Array, from: number): number {
  let at = from;
  while (SPACES.has(json[at] ?? 0)) at++;
  return at;
}

/** The index after the closing quote of the string that begins at `start`. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    at = json.indexOf(QUOTE, at + 1);
    let backslashes = 0;
    while (json[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
}

function endOfValue(json: Uint8Array, start: number): number {
  const first = json[start] ?? 0;
  if (first === QUOTE) return endOfString(json, start);
  return isOpening(first) ? endOfNested(json, start) : endOfLiteral(json, start);
}

function endOfNested(json: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(json, at);
      continue;
    }
    if (isOpening(byte)) depth++;
    else if (isClosing(byte)) depth--;
    at++;
  } while (depth > 0);
  return at;
}

/** A number, true, false or null ends where a comma, a space or its parent's bracket begins. */
function endOfLiteral(json: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = json[at] ?? 0;
    if (byte === COMMA || isClosing(byte) || SPACES.has(byte)) return at;
    at++;
  }
}

// Compared, not looked up: payloads are long, and this is in every message's path.
function isOpening(byte: number): boolean {
  return byte === OPENING_BRACE || byte === OPENING_BRACKET;
}

function isClosing(byte: number): boolean {
  return byte === CLOSING_BRACE || byte === CLOSING_BRACKET;
}
