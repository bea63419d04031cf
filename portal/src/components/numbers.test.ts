import { describe, expect, it } from "vitest";
import { bytesWords, manyWords, percentWords } from "./numbers.ts";

describe("words for numbers", () => {
  it("know one from many", () => {
    expect([0, 1, 1_204].map((count) => manyWords(count, "attempt"))).toEqual([
      "0 attempts",
      "1 attempt",
      "1,204 attempts",
    ]);
  });

  it("do not make nothing of little", () => {
    expect([0, 0.000_1, 0.031, 0.44, 1].map(percentWords)).toEqual([
      "0\u00a0%",
      "<\u00a00.1\u00a0%",
      "3.1\u00a0%",
      "44\u00a0%",
      "100\u00a0%",
    ]);
  });

  it("say how large something is", () => {
    expect([1, 1_023, 1_434].map(bytesWords)).toEqual(["1 byte", "1,023 bytes", "1.4 KiB"]);
  });
});
