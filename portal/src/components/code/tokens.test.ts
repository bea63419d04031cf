import { describe, expect, it } from "vitest";
import { codeTokens, jsonTokens, type Token } from "./tokens.ts";

const text = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join("");
const kinds = (tokens: readonly Token[]): readonly string[] =>
  tokens.filter(({ kind }) => kind !== "plain").map((token) => `${token.kind} ${token.text}`);

describe("colours of text", () => {
  it("tell the keys of JSON from its values, and lose nothing", () => {
    const json = '{"a\\"b": "c: d", "n": [-1.5e3, true, null]}';
    expect(text(jsonTokens(json))).toBe(json);
    expect(kinds(jsonTokens(json))).toEqual([
      'key "a\\"b"',
      'string "c: d"',
      'key "n"',
      "number -1.5e3",
      "word true",
      "word null",
    ]);
  });

  it("are not worth their time in what is very long", () => {
    const long = `"${"a".repeat(200_000)}"`;
    expect(jsonTokens(long)).toEqual([{ kind: "plain", text: long }]);
  });

  it("know comments, texts and words of code", () => {
    const code = "# why\nreturn Buffer.from('x // y') // end";
    expect(text(codeTokens(code))).toBe(code);
    expect(kinds(codeTokens(code))).toEqual([
      "comment # why",
      "word return",
      "string 'x // y'",
      "comment // end",
    ]);
  });
});
