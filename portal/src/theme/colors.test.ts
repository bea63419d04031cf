import { describe, expect, it } from "vitest";
import { contrast, parseColor, readableOn, shadesOf } from "./colors.ts";

describe("a colour", () => {
  it.each([
    ["#0F7B6C", "#0f7b6c"],
    ["abc", "#aabbcc"],
    [" 0f7b6c ", "#0f7b6c"],
    ["red", undefined],
    ["#12345", undefined],
    ["#fff;}", undefined],
    [null, undefined],
  ])("of %j is %j", (text, expected) => {
    expect(parseColor(text)).toBe(expected);
  });

  it("has the contrast with another that WCAG reckons", () => {
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it.each(["#ffff00", "#4456d6", "#000000", "#ffffff", "#14171c"])(
    "such as %s can be read as text on light and on dark, whatever a producer chose",
    (color) => {
      for (const page of ["#ffffff", "#14171c"]) {
        expect(contrast(readableOn(page, color), page)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it("is in the middle of its shades", () => {
    const shades = shadesOf("#4456d6");
    expect(shades[6]).toBe("#4456d6");
    expect(contrast(shades[0], "#ffffff")).toBeLessThan(1.2);
    expect(contrast(shades[9], "#ffffff")).toBeGreaterThan(10);
  });
});
