import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { parseSecret, PUBLIC_PREFIX } from "./secret.ts";

/** stale: signed with the secret, but longer ago, or later, than receivers take. */
export type SignatureVerdict = "verified" | "stale" | "wrong" | "none";

type Signed = {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  readonly nowMs: number;
};

/** As receivers have it (Standard Webhooks). */
export const TOLERANCE_S = 300;
const PUBLIC_BYTES = 32;
const SEED_BYTES = 32;

/** Whether a receiver that has the secret (whsec_…, whsk_…, or whpk_…) takes the request as ours. */
export function verifySignature(
  secret: string,
  { headers, body, nowMs }: Signed,
): SignatureVerdict {
  const name = headers["svix-signature"] === undefined ? "webhook" : "svix";
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((part) =>
    String(headers[`${name}-${part}`] ?? ""),
  );
  if (!id || !timestamp || !signatures) return "none";
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const fits = checkOf(secret);
  if (!signatures.split(" ").some((signature) => fits(signature, signed))) return "wrong";
  return Math.abs(nowMs / 1_000 - Number(timestamp)) <= TOLERANCE_S ? "verified" : "stale";
}

/** Whether something can be checked with it. */
export function canVerifyWith(secret: string): boolean {
  const key = publicKeyIn(secret);
  if (key !== undefined) return key.length === PUBLIC_BYTES;
  return parseSecret(secret) !== undefined;
}

type Check = (signature: string, signed: Buffer) => boolean;

function checkOf(secret: string): Check {
  const publicBytes = publicKeyIn(secret);
  if (publicBytes !== undefined) {
    const x = publicBytes.toString("base64url");
    const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
    return (signature, signed) => {
      const [version, text = ""] = signature.split(",");
      return version === "v1a" && verify(null, signed, key, Buffer.from(text, "base64"));
    };
  }
  const bytes = parseSecret(secret)?.bytes ?? Buffer.alloc(0);
  return (signature, signed) => {
    const expected = `v1,${createHmac("sha256", bytes).update(signed).digest("base64")}`;
    return isSame(signature, expected);
  };
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** undefined for a shared secret. */
function publicKeyIn(secret: string): Buffer | undefined {
  if (secret.startsWith(PUBLIC_PREFIX)) {
    return Buffer.from(secret.slice(PUBLIC_PREFIX.length), "base64");
  }
  const key = parseSecret(secret);
  return key?.type === "ed25519" ? key.bytes.subarray(SEED_BYTES) : undefined;
}
