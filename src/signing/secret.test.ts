import { createPrivateKey, createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { checkSecret, generateSecret, shownSecret } from "./secret.ts";

const base64 = (length: number): string => Buffer.alloc(length, 7).toString("base64");

test("a shared secret is whsec_ and 24 random bytes, shown as it is", () => {
  const secret = generateSecret("hmac256");
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  expect(generateSecret("hmac256")).not.toBe(secret);
  expect(checkSecret(secret)).toBeUndefined();
  expect(shownSecret(secret)).toBe(secret);
});

test("a key pair is whsk_, a private seed and its public key, of which the public is shown", () => {
  const secret = generateSecret("ed25519");
  const bytes = Buffer.from(secret.replace(/^whsk_/, ""), "base64");
  // The PKCS #8 frame of an Ed25519 seed (RFC 8410, 7).
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    bytes.subarray(0, 32),
  ]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });

  expect(secret).toMatch(/^whsk_[A-Za-z0-9+/]{86}==$/);
  expect(checkSecret(secret)).toBeUndefined();
  expect(shownSecret(secret)).toBe(`whpk_${Buffer.from(x, "base64url").toString("base64")}`);
});

test("a secret that was given without its prefix is shown with it", () => {
  expect(shownSecret(base64(24))).toBe(`whsec_${base64(24)}`);
});

test.each([base64(24), base64(25), base64(75), `whsec_${base64(24)}`, `whsec_${base64(75)}`])(
  "%s is a secret",
  (text) => {
    expect(checkSecret(text)).toBeUndefined();
  },
);

test.each([
  ["", "is not base64"],
  ["whsec_", "is not base64"],
  ["my secret of more than 24 bytes", "is not base64"],
  [base64(25).replace(/=+$/, ""), "is not base64"],
  [`whsec_${"A".repeat(33)}`, "is not base64"],
  [`whpk_${base64(32)}`, "is not base64"],
  [base64(23), "has 23 bytes"],
  [`whsec_${base64(76)}`, "has 76 bytes"],
])("%j is none, and we say why and what is allowed", (text, fault) => {
  const sentence = checkSecret(text);
  expect(sentence).toContain(fault);
  expect(sentence).toContain("base64 of 24 to 75 bytes, with or without the prefix whsec_");
});

test.each([
  ["too short", `whsk_${base64(32)}`],
  ["too long", `whsk_${base64(65)}`],
  ["not base64", "whsk_?"],
  ["of two pairs", mixedPair()],
])("a key pair that is %s is none", (_name, text) => {
  expect(checkSecret(text)).toMatch(/whsk_ .*64 bytes/);
});

function mixedPair(): string {
  const [one, other] = [generateSecret("ed25519"), generateSecret("ed25519")].map((secret) =>
    Buffer.from(secret.slice(5), "base64"),
  );
  const halves = [one?.subarray(0, 32) ?? "", other?.subarray(32) ?? ""];
  return `whsk_${Buffer.concat(halves.map((half) => Buffer.from(half))).toString("base64")}`;
}
