import { describe, expect, it } from "vitest";
import { RawJson, stringifyWithRaw } from "./raw-json.ts";

describe("raw JSON in an answer", () => {
  it("is written as it is", () => {
    const value = { a: 1, payload: new RawJson('{ "n": 1.0 }'), z: [true] };
    expect(stringifyWithRaw(value)).toBe('{"a":1,"payload":{ "n": 1.0 },"z":[true]}');
  });

  it("keeps the order of several", () => {
    const value = [{ p: new RawJson("1") }, { p: new RawJson("[2]") }, new RawJson("3.0")];
    expect(stringifyWithRaw(value)).toBe('[{"p":1},{"p":[2]},3.0]');
  });

  it("may be all there is", () => {
    expect(stringifyWithRaw(new RawJson("{}"))).toBe("{}");
  });

  it("is not mistaken for a replacement pattern", () => {
    expect(stringifyWithRaw({ p: new RawJson('"$& $1 $$"') })).toBe('{"p":"$& $1 $$"}');
  });

  it("leaves what has none as JSON.stringify writes it", () => {
    const value = { a: "\u2028", b: undefined, c: [null, 1.5], d: { e: '"' } };
    expect(stringifyWithRaw(value)).toBe(JSON.stringify(value));
  });
});
