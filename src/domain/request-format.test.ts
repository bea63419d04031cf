import { describe, expect, it } from "vitest";
import {
  checkBodyTokenPath,
  checkSignatureHeader,
  formatHeaderNames,
  isPlainFormat,
  PLAIN_FORMAT,
  type RequestFormat,
} from "./request-format.ts";

const ADDED: readonly Partial<RequestFormat>[] = [
  { body: "event-data" },
  { hexSignature: { header: "x-mark", secret: "s" } },
  { authToken: "t" },
  { bodyToken: { path: "token", token: "t" } },
  { checksum: true },
];

describe("a request format", () => {
  it("is plain only if it changes nothing", () => {
    expect(isPlainFormat(PLAIN_FORMAT)).toBe(true);
    for (const one of ADDED) expect(isPlainFormat({ ...PLAIN_FORMAT, ...one })).toBe(false);
  });

  it("names the headers that it sets", () => {
    expect(formatHeaderNames(PLAIN_FORMAT)).toEqual([]);
    const all = ADDED.reduce<RequestFormat>((format, one) => ({ ...format, ...one }), PLAIN_FORMAT);
    expect(formatHeaderNames(all)).toEqual(["x-mark", "x-auth-token", "x-checksum-sha256"]);
  });
});

it.each(["x y", "", "Webhook-Signature", "X-Auth-Token", "__proto__", "x".repeat(129)])(
  "the hexadecimal signature cannot go into a header %.20s",
  (name) => expect(checkSignatureHeader(name)).toBeDefined(),
);

describe("the path of a token", () => {
  it.each([
    "token",
    "meta.auth.token",
    "_a-B9.c_",
    "a.b.c.d.e.f.g.h",
    "constructor",
    "a".repeat(256),
  ])("may be %.30s", (path) => expect(checkBodyTokenPath(path)).toBeUndefined());

  it.each([
    "",
    ".",
    "a.",
    ".a",
    "a..b",
    "a b",
    "é",
    "0",
    "a.1",
    "-a",
    "__proto__",
    "a.__proto__.b",
    "$.token",
    "a[0]",
    "a.b.c.d.e.f.g.h.i",
    "a".repeat(257),
  ])("may not be %.30s", (path) => {
    expect(checkBodyTokenPath(path)).toContain("meta.auth.token");
  });
});
