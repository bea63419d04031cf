import { createPublicKey, verify } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { generateSecret, shownSecret } from "./secret.ts";
import { signatureHeaders } from "./sign.ts";
import type { SigningInput } from "./sign.ts";

const BODY = '{"name":"Zoë 🎺","n":1.0}';

function input(over: Partial<SigningInput> = {}): SigningInput {
  return {
    messageId: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
    timestampS: Math.floor(Date.now() / 1_000),
    body: Buffer.from(BODY),
    secrets: [generateSecret("hmac256")],
    headerSet: "both",
    ...over,
  };
}

describe("the stock clients", () => {
  test.each([
    ["svix", SvixWebhook, "svix"],
    ["svix", SvixWebhook, "webhook"],
    ["svix", SvixWebhook, "both"],
    ["standardwebhooks", StandardWebhook, "webhook"],
    ["standardwebhooks", StandardWebhook, "both"],
  ] as const)("%s accepts what we sign", (_name, Webhook, headerSet) => {
    const secret = generateSecret("hmac256");
    const headers = signatureHeaders(input({ secrets: [secret], headerSet }));
    expect(() => new Webhook(secret).verify(BODY, headers)).not.toThrow();
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow();
  });

  test("accept the current secret and the rotated one, and no other", () => {
    const [current, rotated] = [generateSecret("hmac256"), generateSecret("hmac256")];
    const headers = signatureHeaders(input({ secrets: [current, rotated] }));
    for (const secret of [current, rotated]) {
      expect(() => new SvixWebhook(secret).verify(BODY, headers)).not.toThrow();
      expect(() => new StandardWebhook(secret).verify(BODY, headers)).not.toThrow();
    }
    const other = generateSecret("hmac256");
    expect(() => new SvixWebhook(other).verify(BODY, headers)).toThrow("No matching signature");
  });

  test.each(["svix-id", "svix-timestamp", "svix-signature"])(
    "refuse another body, and another %s",
    (name) => {
      const secret = generateSecret("hmac256");
      const headers = signatureHeaders(input({ secrets: [secret], headerSet: "svix" }));
      const webhook = new SvixWebhook(secret);
      expect(() => webhook.verify(BODY.replace("1.0", "1.1"), headers)).toThrow();
      const other = name === "svix-timestamp" ? String(Number(headers[name]) + 1) : "v1,other";
      expect(() => webhook.verify(BODY, { ...headers, [name]: other })).toThrow();
    },
  );
});

test("the signature of the Standard Webhooks specification comes out", () => {
  const headers = signatureHeaders({
    messageId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestampS: 1_614_265_330,
    body: Buffer.from('{"test": 2432232314}'),
    secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    headerSet: "both",
  });
  const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  expect(headers).toEqual({
    "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "svix-timestamp": "1614265330",
    "svix-signature": signature,
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": signature,
  });
});

test.each([
  ["svix", ["svix-id", "svix-signature", "svix-timestamp"]],
  ["webhook", ["webhook-id", "webhook-signature", "webhook-timestamp"]],
] as const)("the header set %s has its three headers only", (headerSet, names) => {
  expect(Object.keys(signatureHeaders(input({ headerSet }))).sort()).toEqual(names);
});

test("a secret signs alike with its prefix and without", () => {
  const secret = generateSecret("hmac256");
  const signed = input({ secrets: [secret, secret.slice("whsec_".length)] });
  const [first, second] = signatureHeaders(signed)["svix-signature"]?.split(" ") ?? [];
  expect(first).toBe(second);
});

test("a body that is no text is signed byte by byte", () => {
  const secrets = [generateSecret("hmac256")];
  const signatureOf = (body: Uint8Array): unknown =>
    signatureHeaders(input({ body, secrets, timestampS: 1 }))["svix-signature"];
  expect(signatureOf(Uint8Array.of(0xff))).not.toBe(signatureOf(Uint8Array.of(0xfe)));
  expect(signatureOf(Uint8Array.of(9, 1, 2, 9).subarray(1, 3))).toBe(
    signatureOf(Uint8Array.of(1, 2)),
  );
});

test("a key pair's signature is verified with the public key that is shown", () => {
  const [pair, shared] = [generateSecret("ed25519"), generateSecret("hmac256")];
  const headers = signatureHeaders(input({ secrets: [pair, shared], timestampS: 7 }));
  const [first = "", second = ""] = headers["webhook-signature"]?.split(" ") ?? [];
  const x = Buffer.from(shownSecret(pair).slice("whpk_".length), "base64").toString("base64url");
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  const signature = Buffer.from(first.slice("v1a,".length), "base64");
  const signed = (body: string): Buffer => Buffer.from(`${input().messageId}.7.${body}`);

  expect(first).toMatch(/^v1a,/);
  expect(verify(null, signed(BODY), key, signature)).toBe(true);
  expect(verify(null, signed(`${BODY} `), key, signature)).toBe(false);
  expect(second).toMatch(/^v1,/);
});

test("more secrets than signers are kept are signed with all the same", () => {
  const secrets = Array.from({ length: 10_050 }, (_, i) =>
    Buffer.from(String(i).padStart(24, "0")).toString("base64"),
  );
  const signature = (secret: string): unknown =>
    signatureHeaders(input({ secrets: [secret], timestampS: 1 }))["svix-signature"];
  const [first = ""] = secrets;
  const before = signature(first);
  secrets.forEach((secret) => signature(secret));
  expect(signature(first)).toBe(before);
});

test("a stored secret that is none is our fault, and thrown", () => {
  expect(() => signatureHeaders(input({ secrets: ["whsec_?"] }))).toThrow("not base64");
});
