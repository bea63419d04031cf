import { expect, it } from "vitest";
import { PLAIN_FORMAT } from "../domain/request-format.ts";
import { formatHeaders } from "./format-headers.ts";

/** RFC 4231, cases 1 and 2; the hash of "abc" is that of FIPS 180. */
const JEFE = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

it("signs as RFC 4231 has it, in lower-case hexadecimal", () => {
  const format = { ...PLAIN_FORMAT, hexSignature: { header: "x-runa-signature", secret: "Jefe" } };
  const headers = formatHeaders(format, Buffer.from("what do ya want for nothing?"));
  expect(headers).toEqual({ "x-runa-signature": JEFE });
});

it("takes a secret as the text that it is, also one that looks like a Standard Webhooks secret", () => {
  // As `openssl dgst -sha256 -hmac <secret>` has it.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const format = { ...PLAIN_FORMAT, hexSignature: { header: "h", secret } };
  expect(formatHeaders(format, Buffer.from("abc"))).toEqual({ h: WHSEC });
  const umlaut = { ...PLAIN_FORMAT, hexSignature: { header: "h", secret: "schlüssel" } };
  expect(formatHeaders(umlaut, Buffer.from("abc"))).toEqual({ h: UMLAUT });
});

it("hashes the bytes, and sends the token as it is", () => {
  const format = { ...PLAIN_FORMAT, authToken: "open sesame", checksum: true };
  const body = Buffer.from("xabcx").subarray(1, 4);
  expect(formatHeaders(format, body)).toEqual({
    "x-auth-token": "open sesame",
    "x-checksum-sha256": ABC,
  });
});

it("adds nothing that was not asked for", () => {
  expect(formatHeaders({ ...PLAIN_FORMAT, body: "event-data" }, Buffer.from("abc"))).toEqual({});
});

const WHSEC = "d47fe614eb91cb62f2ba68dd91a7ff1dcb612409f71d66fabfc6886cd5b9366b";
const UMLAUT = "de0731951ba6941eb377a0911fd65dc685f3afc26651be9bfd527085c34cdf26";
