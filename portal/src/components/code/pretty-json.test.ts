import { describe, expect, it } from "vitest";
import { prettyJson } from "./pretty-json.ts";

describe("JSON made pretty", () => {
  it.each([{ a: [1, { b: "x, y: {" }], c: {}, d: [], e: null }, [], "text", 0, [[[]]]])(
    "has the lines of %j that one expects",
    (value) => {
      expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    },
  );

  it("is to the character what was sent, but for the space between", () => {
    const text = '{"id":12345678901234567890,"total":1.00,"say":"\\u00e9\\/","say":-0}';
    expect(prettyJson(text)?.split(/\n\s*/)).toEqual([
      "{",
      '"id": 12345678901234567890,',
      '"total": 1.00,',
      '"say": "\\u00e9\\/",',
      '"say": -0',
      "}",
    ]);
  });

  it.each(["", "{", "a=b", '{"a":1,}'])("is none of %j", (text) => {
    expect(prettyJson(text)).toBeUndefined();
  });
});
