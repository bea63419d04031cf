import { createHmac, createSecretKey, sign } from "node:crypto";
import { parseSecret, privateKeyOf } from "./secret.ts";

/** Which names the signature goes by: svix-*, webhook-* (Standard Webhooks), or both. */
export type HeaderSet = "both" | "svix" | "webhook";

export type SigningInput = {
  readonly messageId: string;
  /** Unix seconds of the attempt. */
  readonly timestampS: number;
  readonly body: Uint8Array;
  /** Text forms, the current one first; each gives one signature. */
  readonly secrets: readonly string[];
  readonly headerSet: HeaderSet;
};

type Signer = (prefix: string, body: Uint8Array) => string;

const PREFIXES: Readonly<Record<HeaderSet, readonly string[]>> = {
  both: ["svix", "webhook"],
  svix: ["svix"],
  webhook: ["webhook"],
};
/** Decoding a key costs more than signing with it. A signer takes about 1 KB. */
const SIGNERS_KEPT_MAX = 10_000;
const signers = new Map<string, Signer>();

/**
 * The headers by which a receiver knows the body as ours (Standard Webhooks: v1 and v1a over
 * `{id}.{timestamp}.{body}`). Throws if a secret is not one that `checkSecret` lets pass.
 */
export function signatureHeaders(input: SigningInput): Record<string, string> {
  const timestamp = String(input.timestampS);
  const prefix = `${input.messageId}.${timestamp}.`;
  const signature = input.secrets.map((secret) => signerOf(secret)(prefix, input.body)).join(" ");

  const headers: Record<string, string> = {};
  for (const name of PREFIXES[input.headerSet]) {
    headers[`${name}-id`] = input.messageId;
    headers[`${name}-timestamp`] = timestamp;
    headers[`${name}-signature`] = signature;
  }
  return headers;
}

function signerOf(secret: string): Signer {
  const known = signers.get(secret);
  if (known !== undefined) return known;
  const signer = createSigner(secret);
  const oldest = signers.size >= SIGNERS_KEPT_MAX ? signers.keys().next().value : undefined;
  if (oldest !== undefined) signers.delete(oldest);
  signers.set(secret, signer);
  return signer;
}

function createSigner(secret: string): Signer {
  const parsed = parseSecret(secret);
  if (parsed === undefined) throw new Error("A stored signing secret is not base64");
  if (parsed.type === "hmac256") {
    const key = createSecretKey(parsed.bytes);
    return (prefix, body) =>
      `v1,${createHmac("sha256", key).update(prefix).update(body).digest("base64")}`;
  }
  const key = privateKeyOf(parsed.bytes);
  return (prefix, body) =>
    `v1a,${sign(null, Buffer.concat([Buffer.from(prefix), body]), key).toString("base64")}`;
}
