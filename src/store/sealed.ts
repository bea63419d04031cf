import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps secrets unreadable in the database: AES-256-GCM under the first of the keys. */
export type Sealer = {
  seal(plain: string): string;
  /** Throws if no key fits: the configuration lacks the key that sealed it, or it was altered. */
  open(sealed: string): string;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * `keyTexts`: secrets of any form, the current one first. Older ones still open what they sealed,
 * so a key is replaced by putting a new one before it.
 */
export function createSealer(keyTexts: readonly [string, ...string[]]): Sealer {
  const keys = keyTexts.map(deriveKey);
  const current = deriveKey(keyTexts[0]);
  return {
    seal: (plain) => encrypt(current, plain),
    open: (sealed) => decryptWithAny(keys, sealed),
  };
}

function deriveKey(keyText: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", keyText, "", "posthorn secrets at rest", 32));
}

function encrypt(key: Uint8Array, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const parts = [nonce, cipher.update(plain, "utf8"), cipher.final()];
  return Buffer.concat([...parts, cipher.getAuthTag()]).toString("base64");
}

function decryptWithAny(keys: readonly Uint8Array[], sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  for (const key of keys) {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    } catch {
      // Not this key's: the next one may fit.
    }
  }
  throw new Error("A secret in the database was sealed with a key that ENCRYPTION_KEYS lacks.");
}
