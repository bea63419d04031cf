import { describe, expect, test } from "vitest";
import { isGenuine } from "../../examples/receive/node/verify.mjs";
import { isGenuine as isGenuineByKey } from "../../examples/receive/node/verify-ed25519.mjs";
import { generateSecret, shownSecret } from "../../src/signing/secret.ts";
import { signatureHeaders } from "../../src/signing/sign.ts";

const BODY = '{"total":100,"name":"Käse"}';
/** More than the five minutes that clocks may differ, and the time that a test takes. */
const OLD_S = 360;

type Delivery = {
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Each with what a verifier has to say of it. */
function deliveries(type: "hmac256" | "ed25519"): readonly (readonly [boolean, Delivery])[] {
  const secret = generateSecret(type);
  const signed = (secrets: readonly string[], agoS = 0): Delivery => {
    const timestampS = Math.floor(Date.now() / 1_000) - agoS;
    const input = { messageId: "msg_1", timestampS, body: Buffer.from(BODY), secrets } as const;
    const headers = signatureHeaders({ ...input, headerSet: "webhook" });
    return { secret: shownSecret(secret), headers, body: BODY };
  };
  const genuine = signed([secret]);
  const headers = { ...genuine.headers, "webhook-timestamp": "soon" };
  return [
    [true, genuine],
    [true, signed([generateSecret(type), secret])],
    [false, signed([generateSecret(type)])],
    [false, signed([secret], OLD_S)],
    [false, signed([secret], -OLD_S)],
    [false, { ...genuine, body: BODY.replace("100", "1000") }],
    [false, { ...genuine, headers }],
  ];
}

describe("the code that the portal shows", () => {
  test("verifies in Node.js", () => {
    for (const [expected, { secret, headers, body }] of deliveries("hmac256")) {
      expect(isGenuine(secret, headers, Buffer.from(body))).toBe(expected);
    }
  });

  test("verifies Ed25519 in Node.js", () => {
    for (const [expected, { secret, headers, body }] of deliveries("ed25519")) {
      expect(isGenuineByKey(secret, headers, Buffer.from(body))).toBe(expected);
    }
  });
});
