/**
 * Ids are a prefix and a 27-character KSUID with milliseconds (svix-facts: "ms variant"): 4 bytes
 * of seconds, 1 byte of 4 ms steps, 15 random bytes, in base 62. So they sort by time, byte by byte.
 */
export type IdPrefix =
  "app" | "ep" | "msg" | "atmpt" | "org" | "evtype" | "qtask" | "key" | "play" | "preq";

export const KSUID_RANDOM_BYTES = 15;
const KSUID_LENGTH = 27;
const KSUID_EPOCH_S = 1_400_000_000;
const STEPS_PER_SECOND = 250;
const MS_PER_STEP = 4;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const WORD = 0x1_0000_0000;

/** The id of something made at `timeMs` (Unix), told apart by 15 random bytes. */
export function formatId(prefix: IdPrefix, timeMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(20);
  writeTime(bytes, timeMs);
  bytes.set(random.subarray(0, KSUID_RANDOM_BYTES), 5);
  return `${prefix}_${encodeBase62(bytes)}`;
}

/** The smallest id that something made at `timeMs` could have: a bound for "before" and "after". */
export function lowestIdAt(prefix: IdPrefix, timeMs: number): string {
  return formatId(prefix, timeMs, new Uint8Array(KSUID_RANDOM_BYTES));
}

/** When the id was made (Unix ms, to 4 ms), or undefined if it is not an id with this prefix. */
export function idTimeMs(prefix: IdPrefix, id: string): number | undefined {
  if (!isId(prefix, id)) return undefined;
  const bytes = decodeBase62(id.slice(prefix.length + 1));
  const view = new DataView(bytes.buffer);
  return (view.getUint32(0) + KSUID_EPOCH_S) * 1_000 + view.getUint8(4) * MS_PER_STEP;
}

export function isId(prefix: IdPrefix, text: string): boolean {
  return (
    text.length === prefix.length + 1 + KSUID_LENGTH &&
    text.startsWith(`${prefix}_`) &&
    /^[0-9A-Za-z]+$/.test(text.slice(prefix.length + 1))
  );
}

/** Organizations exist by being named, so their ids are whatever a producer chose after org_. */
export function isOrganizationId(text: string): boolean {
  return /^org_[A-Za-z0-9_-]{1,64}$/.test(text);
}

function writeTime(bytes: Uint8Array, timeMs: number): void {
  const sinceEpochMs = Math.max(0, timeMs - KSUID_EPOCH_S * 1_000);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(sinceEpochMs / 1_000));
  view.setUint8(4, Math.floor((sinceEpochMs % 1_000) / MS_PER_STEP) % STEPS_PER_SECOND);
}

function encodeBase62(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer);
  const words = [0, 4, 8, 12, 16].map((at) => view.getUint32(at));
  let text = "";
  for (let digit = 0; digit < KSUID_LENGTH; digit++) {
    let remainder = 0;
    for (let i = 0; i < words.length; i++) {
      const value = remainder * WORD + (words[i] ?? 0);
      words[i] = Math.floor(value / 62);
      remainder = value % 62;
    }
    text = (ALPHABET[remainder] ?? "") + text;
  }
  return text;
}

function decodeBase62(text: string): Uint8Array<ArrayBuffer> {
  const words = [0, 0, 0, 0, 0];
  for (const character of text) {
    let carry = ALPHABET.indexOf(character);
    for (let i = words.length - 1; i >= 0; i--) {
      const value = (words[i] ?? 0) * 62 + carry;
      words[i] = value % WORD;
      carry = Math.floor(value / WORD);
    }
  }
  const bytes = new Uint8Array(20);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(i * 4, word));
  return bytes;
}
