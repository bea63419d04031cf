import { expect, test } from "vitest";
import { BODY_BYTES_KEPT_MAX, bodyText } from "./body-text.ts";

test("UTF-8 is kept as it is, a byte order mark too", () => {
  expect(bodyText(Buffer.from("\uFEFFgrün 🎺"))).toBe("\uFEFFgrün 🎺");
  expect(bodyText(Buffer.alloc(0))).toBe("");
});

test.each([
  ["Latin-1", [0x67, 0xfc]],
  ["a character that ends early", [0x61, 0xf0, 0x9f, 0x8e]],
  ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
  ["NUL, which Postgres refuses", [0x61, 0x00, 0x62]],
])("%s is kept in base64", (_name, bytes) => {
  expect(bodyText(Buffer.from(bytes))).toBe(Buffer.from(bytes).toString("base64"));
});

test.each([
  ["é", 1],
  ["€", 1],
  ["€", 2],
  ["🎺", 1],
  ["🎺", 3],
])("%s is dropped when only its first bytes (%#) fit", (character, bytesThatFit) => {
  const before = "x".repeat(BODY_BYTES_KEPT_MAX - bytesThatFit);
  expect(bodyText(Buffer.from(`${before}${character} and more`))).toBe(before);
});

test("a character that just fits is kept", () => {
  const before = "x".repeat(BODY_BYTES_KEPT_MAX - 4);
  expect(bodyText(Buffer.from(`${before}🎺é`))).toBe(`${before}🎺`);
});

test("of what is not text, the first 20,000 bytes are kept", () => {
  const body = Buffer.alloc(30_000, 0x80);
  expect(Buffer.from(bodyText(body), "base64")).toEqual(body.subarray(0, 20_000));
});
