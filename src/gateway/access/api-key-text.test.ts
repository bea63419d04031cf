import { expect, it } from "vitest";
import { isLikeAKey, isWholeKey, keyHash, lastFour, newKeyText } from "./api-key-text.ts";

it("a key says which mode it is for, and has no dot that a client could take for a region", () => {
  expect(newKeyText("live")).toMatch(/^posthorn_live_[0-9A-Za-z]{46}$/);
  expect(newKeyText("test")).toMatch(/^posthorn_test_[0-9A-Za-z]{46}$/);
});

it("no two keys are alike, and all their characters are used", () => {
  const texts = Array.from({ length: 500 }, () => newKeyText("live"));
  expect(new Set(texts).size).toBe(500);
  const random = texts.flatMap((text) => text.slice(14, 54).split(""));
  expect(new Set(random).size).toBe(62);
});

it("whatever character is mistyped, left out or swapped, the checksum tells", () => {
  const text = newKeyText("live");
  expect(isWholeKey(text)).toBe(true);
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === "a" ? "b" : "a";
    expect(isWholeKey(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
    expect(isWholeKey(text.slice(0, at) + text.slice(at + 1))).toBe(false);
  }
  expect(isWholeKey(text.replace("live", "test"))).toBe(false);
  expect(isWholeKey("")).toBe(false);
});

it("its checksum stays what secret scanners were told it is", () => {
  const text = `posthorn_live_${"0".repeat(40)}`;
  expect(isWholeKey(`${text}1hkNza`)).toBe(true);
});

it("a key is told from a JWT by its prefix, kept as a hash, and shown by its end", () => {
  expect(isLikeAKey("posthorn_live_x")).toBe(true);
  expect(isLikeAKey("eyJhbGciOiJIUzI1NiJ9.e30.x")).toBe(false);
  expect(keyHash("posthorn_live_x")).toMatch(/^[\w-]{43}$/);
  expect(lastFour("posthorn_live_abcd")).toBe("abcd");
});
