import { hash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Mode } from "../../domain/api-key.ts";

/** 40 characters of 62 are 238 bits. */
const RANDOM_LENGTH = 40;
/** As many as the 32 bits of a CRC need. */
const CHECKSUM_LENGTH = 6;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = ALPHABET.length;
const ANY_KEY = /posthorn_(live|test)_[0-9A-Za-z]+/g;
const KEY = /^(posthorn_(?:live|test)_[0-9A-Za-z]{40})([0-9A-Za-z]{6})$/;

/** A new key: posthorn_live_ or posthorn_test_, random characters, and a checksum of all that. */
export function newKeyText(mode: Mode): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(BASE)]).join("");
  const text = `posthorn_${mode}_${random}`;
  return text + checksum(text);
}

/** Whether it was meant to be a key, rather than a JWT. */
export function isLikeAKey(text: string): boolean {
  return text.startsWith("posthorn_");
}

/** Whether it is as keys are: who has mistyped one can be told so without a look at those there are. */
export function isWholeKey(text: string): boolean {
  const [, checked = "", sum] = KEY.exec(text) ?? [];
  return checksum(checked) === sum;
}

/** What is kept of a key, and looked for: how long that takes says nothing about the key itself. */
export function keyHash(text: string): string {
  return hash("sha256", text, "base64url");
}

export function lastFour(text: string): string {
  return text.slice(-4);
}

/** For logs: people also put keys where they do not belong. */
export function withoutKeys(text: string): string {
  return text.replaceAll(ANY_KEY, "posthorn_$1_…");
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let digit = 0; digit < CHECKSUM_LENGTH; digit++) {
    digits = (ALPHABET[rest % BASE] ?? "") + digits;
    rest = Math.floor(rest / BASE);
  }
  return digits;
}
