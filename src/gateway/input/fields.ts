import { z } from "zod";
import type { IdPrefix } from "../../domain/ids.ts";

/** Fields that several nouns have. */

/** Of a message, or of an endpoint. */
export const CHANNELS_MAX = 10;
const NAME_LENGTH_MAX = 256;
const CHANNEL_LENGTH_MAX = 128;
const TAG_LENGTH_MAX = 128;
const METADATA_BYTES_MAX = 4_096;
const THROTTLE_RATE_MAX = 65_535;

const NAME_CHARACTERS = /^[a-zA-Z0-9\-_.]+$/;
const NAME_TEXT = "Input should consist of letters, digits, and the characters - _ .";
const CHANNEL_CHARACTERS = /^[a-zA-Z0-9\-_.:+]+$/;
const CHANNEL_TEXT = "Input should consist of letters, digits, and the characters - _ . : +";
const TAG_CHARACTERS = /^[a-zA-Z0-9\-_./\\#]+$/;
const TAG_TEXT = "Input should consist of letters, digits, and the characters - _ . / \\ #";

/** Postgres cannot keep U+0000, and what is not well-formed would come out changed. */
export const TEXT = z.string().refine(isStorable, {
  error: "Input should be text without the character U+0000 and without unpaired surrogates",
});

/** A name that stands in paths: an event type's, a feature flag's. */
export const NAME = z.string().max(NAME_LENGTH_MAX).regex(NAME_CHARACTERS, { error: NAME_TEXT });

export const CHANNEL = z
  .string()
  .max(CHANNEL_LENGTH_MAX)
  .regex(CHANNEL_CHARACTERS, { error: CHANNEL_TEXT });

export const TAG = z.string().max(TAG_LENGTH_MAX).regex(TAG_CHARACTERS, { error: TAG_TEXT });

/** Given twice is given once. */
export const CHANNELS = z.array(CHANNEL).min(1).max(CHANNELS_MAX).transform(unique);

export const METADATA = z
  .record(TEXT, TEXT)
  .refine(fitsMetadata, {
    error: `Input should have at most ${METADATA_BYTES_MAX} bytes as JSON`,
  })
  .describe(`Yours to keep; at most ${METADATA_BYTES_MAX} bytes as JSON`);

export const THROTTLE_RATE = z
  .int()
  .min(1)
  .max(THROTTLE_RATE_MAX)
  .describe("Messages a second, evenly; those that come sooner wait, and are not dropped");

export const RATE_LIMIT = THROTTLE_RATE.nullish().meta({
  deprecated: true,
  description: "The older name of throttleRate",
});

/** The producer's own id. It may not look like one of ours: paths take either. */
export function uid(prefix: IdPrefix) {
  return NAME.refine((text) => !text.startsWith(`${prefix}_`), {
    error: `Input should not begin with ${prefix}_, which marks the ids that are given here`,
  }).describe("Your own id, which paths take as well");
}

/** Whether a path's id-or-uid can serve as the uid of what is to be created there. */
export function isUid(prefix: IdPrefix, text: string): boolean {
  return uid(prefix).safeParse(text).success;
}

export function unique<Member>(members: readonly Member[]): readonly Member[] {
  return [...new Set(members)];
}

/** An empty list, which some clients send for "all", is null. */
export function uniqueOrNull<Member>(members: readonly Member[]): readonly Member[] | null {
  return members.length === 0 ? null : unique(members);
}

export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function fitsMetadata(metadata: Readonly<Record<string, string>>): boolean {
  return Buffer.byteLength(JSON.stringify(metadata)) <= METADATA_BYTES_MAX;
}

/** What a patch gives, or what was there: null is a value, a missing field is none. */
export function given<Value>(value: Value | undefined, before: Value): Value {
  return value === undefined ? before : value;
}

type Throttled = {
  readonly throttleRate?: number | null | undefined;
  /** The older name of throttleRate. */
  readonly rateLimit?: number | null | undefined;
};

export function throttleRateIn(body: Throttled): number | null | undefined {
  return given(body.throttleRate, body.rateLimit);
}

/** What a PUT makes the uid: a uid in the path stays, unless the body gives another. */
export function uidAfterPut(
  prefix: IdPrefix,
  named: string,
  given: string | null | undefined,
): string | null {
  if (given !== undefined) return given;
  return isUid(prefix, named) ? named : null;
}
