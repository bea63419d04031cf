import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Standard Webhooks: a shared key (v1 signatures), or a key pair (v1a). */
export type SignatureType = "hmac256" | "ed25519";

/** What a secret's text stands for. The bytes of a key pair are its private seed and public key. */
export type SecretKey = { readonly type: SignatureType; readonly bytes: Buffer };

const SHARED_PREFIX = "whsec_";
const PAIR_PREFIX = "whsk_";
export const PUBLIC_PREFIX = "whpk_";
const SHARED_BYTES = 24;
const SHARED_BYTES_MIN = 24;
const SHARED_BYTES_MAX = 75;
const SEED_BYTES = 32;
const PAIR_BYTES = 64;

/** A new secret in its text form: whsec_… for hmac256, whsk_… for ed25519. */
export function generateSecret(type: SignatureType): string {
  if (type === "hmac256") return SHARED_PREFIX + randomBytes(SHARED_BYTES).toString("base64");
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const pair = [Buffer.from(d, "base64url"), Buffer.from(x, "base64url")];
  return PAIR_PREFIX + Buffer.concat(pair).toString("base64");
}

/** Undefined if the text is a secret, with its prefix or without; else what is wrong with it. */
export function checkSecret(text: string): string | undefined {
  const key = parseSecret(text);
  if (key?.type === "ed25519") {
    if (key.bytes.length === PAIR_BYTES && isPair(key.bytes)) return undefined;
    return "The secret's public key does not belong to its private key, or one is missing: whsk_ must be followed by base64 of 64 bytes, the private seed and its public key.";
  }
  const length = key?.bytes.length ?? 0;
  if (length >= SHARED_BYTES_MIN && length <= SHARED_BYTES_MAX) return undefined;
  const fault = key === undefined ? "is not base64" : `has ${length} bytes`;
  return `The secret ${fault}: it must be base64 of 24 to 75 bytes, with or without the prefix whsec_ (or whsk_ and base64 of 64 bytes).`;
}

/** What a consumer may see: a shared secret whole, of a key pair only the public key. */
export function shownSecret(secret: string): string {
  if (secret.startsWith(PAIR_PREFIX)) {
    const publicKey = parseSecret(secret)?.bytes.subarray(SEED_BYTES);
    return PUBLIC_PREFIX + (publicKey?.toString("base64") ?? "");
  }
  return secret.startsWith(SHARED_PREFIX) ? secret : SHARED_PREFIX + secret;
}

/** Undefined where what follows the prefix is not base64. Lengths are `checkSecret`'s to judge. */
export function parseSecret(text: string): SecretKey | undefined {
  const type: SignatureType = text.startsWith(PAIR_PREFIX) ? "ed25519" : "hmac256";
  const prefix = type === "ed25519" ? PAIR_PREFIX : SHARED_PREFIX;
  const base64 = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const bytes = Buffer.from(base64, "base64");
  // Node skips what is not base64; verifiers in other languages refuse it.
  return base64 !== "" && bytes.toString("base64") === base64 ? { type, bytes } : undefined;
}

/** The signing key in a key pair's 64 bytes. */
export function privateKeyOf(pair: Buffer): KeyObject {
  const d = pair.subarray(0, SEED_BYTES).toString("base64url");
  const x = pair.subarray(SEED_BYTES).toString("base64url");
  return createPrivateKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", d, x } });
}

function isPair(pair: Buffer): boolean {
  const { x = "" } = createPublicKey(privateKeyOf(pair)).export({ format: "jwk" });
  return Buffer.from(x, "base64url").equals(pair.subarray(SEED_BYTES));
}
