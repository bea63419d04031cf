import { describe, expect, it } from "vitest";
import { generateSecret, shownSecret } from "./secret.ts";
import { signatureHeaders } from "./sign.ts";
import { canVerifyWith, verifySignature } from "./verify.ts";

const NOW_MS = 1_790_000_000_000;
const body = Buffer.from('{"total":100}');

function headers(secret: string, headerSet: "svix" | "webhook" = "svix") {
  const timestampS = NOW_MS / 1_000;
  return signatureHeaders({ messageId: "msg_1", timestampS, body, secrets: [secret], headerSet });
}

describe.each(["hmac256", "ed25519"] as const)("a signature of %s", (type) => {
  const secret = generateSecret(type);

  it.each(["svix", "webhook"] as const)("in %s headers is verified", (headerSet) => {
    const request = { headers: headers(secret, headerSet), body, nowMs: NOW_MS };
    expect(verifySignature(secret, request)).toBe("verified");
    expect(verifySignature(shownSecret(secret), request)).toBe("verified");
    expect(canVerifyWith(shownSecret(secret))).toBe(true);
  });

  it("is wrong for another body, with another secret, and for garbage", () => {
    const request = { headers: headers(secret), body, nowMs: NOW_MS };
    const other = { ...request, body: Buffer.from("{}") };
    expect(verifySignature(secret, other)).toBe("wrong");
    expect(verifySignature(generateSecret(type), request)).toBe("wrong");
    const garbage = { ...headers(secret), "svix-signature": "v1,abc v1a,abc x" };
    expect(verifySignature(secret, { ...request, headers: garbage })).toBe("wrong");
  });

  it("is stale after a while, and one of several is enough", () => {
    const signed = headers(secret);
    const later = { headers: signed, body, nowMs: NOW_MS + 301_000 };
    expect(verifySignature(secret, later)).toBe("stale");
    const both = { ...signed, "svix-signature": `v1,other ${signed["svix-signature"]}` };
    expect(verifySignature(secret, { headers: both, body, nowMs: NOW_MS })).toBe("verified");
  });
});

it("is none where there are no headers of one", () => {
  expect(verifySignature(generateSecret("hmac256"), { headers: {}, body, nowMs: NOW_MS })).toBe(
    "none",
  );
});

it.each(["whpk_YWJj", "whsec_not base64", ""])("nothing can be checked with %j", (secret) => {
  expect(canVerifyWith(secret)).toBe(false);
});
