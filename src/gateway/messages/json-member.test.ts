import { describe, expect, it } from "vitest";
import { memberBytes } from "./json-member.ts";

function member(json: string, name = "payload"): string | undefined {
  const bytes = memberBytes(Buffer.from(json), name);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

describe("a member's bytes are those between its colon and what follows it", () => {
  it.each([
    ["an object", '{"payload":{"a":1}}', '{"a":1}'],
    ["the last of several members", '{"x":1,"payload":{"a":1}}', '{"a":1}'],
    ["one between others", '{"x":[1,2],"payload":{},"y":null}', "{}"],
    ["space around it", ' {\n "x" : 1 ,\t"payload" :\r\n { "a" : 1 } \n} ', '{ "a" : 1 }'],
    ["a list", '{"payload":[{"a":[]},[]],"y":1}', '[{"a":[]},[]]'],
    ["a string with brackets and commas", '{"payload":"}],{[","y":1}', '"}],{["'],
    ["a string with a quote", String.raw`{"payload":"a\"b","y":1}`, String.raw`"a\"b"`],
    ["a string that ends in a backslash", String.raw`{"payload":"a\\","y":1}`, String.raw`"a\\"`],
    ["backslashes and a quote", String.raw`{"payload":"\\\"}","y":1}`, String.raw`"\\\"}"`],
    ["a number before the end", '{"payload":-1.5e+10}', "-1.5e+10"],
    ["a number before space", '{"payload":12 ,"y":1}', "12"],
    ["a literal", '{"payload":true,"y":1}', "true"],
    ["null before the end", '{"payload":null}', "null"],
    ["an escaped key", String.raw`{"\u0070ayload":{"a":1}}`, '{"a":1}'],
    ["a nested member of that name", '{"x":{"payload":1},"payload":2}', "2"],
    ["that name as a value", '{"x":"payload","payload":3}', "3"],
    [
      "an inner member of that name",
      '{"payload":{"payload":{"payload":1}}}',
      '{"payload":{"payload":1}}',
    ],
    ["the last of two with that name", '{"payload":1,"payload":{"b":2}}', '{"b":2}'],
    ["brackets in inner strings", '{"payload":{"a":"}}}","b":"{{"},"y":1}', '{"a":"}}}","b":"{{"}'],
    ["a quote in an inner key", String.raw`{"payload":{"a\"}":1},"y":1}`, String.raw`{"a\"}":1}`],
    ["text outside of ASCII", '{"ü":"ö","payload":{"ä":"😀"}}', '{"ä":"😀"}'],
    [
      "a number that a float cannot hold",
      '{"payload":{"n":12345678901234567890.10}}',
      '{"n":12345678901234567890.10}',
    ],
  ])("%s", (_what, json, expected) => {
    expect(member(json)).toBe(expected);
  });

  it.each(["{}", " { } ", '{"x":{"payload":1}}', '{"Payload":1}', '{"x":"payload"}'])(
    "there is none in %s",
    (json) => {
      expect(member(json)).toBeUndefined();
    },
  );

  it("works on bytes in the middle of a larger buffer", () => {
    const large = Buffer.from('xx{"payload":{"a":1}}yy');
    expect(Buffer.from(memberBytes(large.subarray(2, -2), "payload") ?? []).toString()).toBe(
      '{"a":1}',
    );
  });

  it("finds in any JSON what was put there", () => {
    const random = randomNumbers(42);
    for (let round = 0; round < 2_000; round++) {
      const members = Array.from({ length: 1 + (random() % 5) }, (_, i) => {
        return [`k${i}${randomText(random)}`, randomJson(random, 4)] as const;
      });
      const space = () => " \n\t\r".slice(0, random() % 3);
      const inner = members.map(
        ([key, value]) => `${space()}${JSON.stringify(key)}${space()}:${space()}${value}${space()}`,
      );
      const json = `{${inner.join(",")}}`;
      expect(() => JSON.parse(json)).not.toThrow();
      for (const [key, value] of members) expect(member(json, key)).toBe(value);
    }
  });
});

/** JSON text, with spaces and escapes of its own. */
function randomJson(random: () => number, depth: number): string {
  const space = " ".repeat(random() % 2);
  const children = Array.from({ length: random() % 4 }, () => depth - 1);
  switch (random() % (depth > 0 ? 6 : 4)) {
    case 0:
      return String((random() % 2_000) - 1_000);
    case 1:
      return JSON.stringify(randomText(random));
    case 2:
      return ["true", "false", "null", "1e5", "-0.0"][random() % 5] ?? "null";
    case 3:
      return String.raw`"\u007b\"\\"`;
    case 4:
      return `[${space}${children.map((left) => randomJson(random, left)).join(`${space},`)}]`;
    default: {
      const members = children.map((left, i) => {
        return `"${i}"${space}:${space}${randomJson(random, left)}`;
      });
      return `{${members.join(`,${space}`)}${space}}`;
    }
  }
}

function randomText(random: () => number): string {
  const pieces = ["a", "}", "{", "[", "]", '"', "\\", ",", ":", "ü", "😀", "\n", " "];
  return Array.from({ length: random() % 6 }, () => pieces[random() % pieces.length]).join("");
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
}
