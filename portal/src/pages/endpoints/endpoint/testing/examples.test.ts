import { describe, expect, it } from "vitest";
import { choicesOf, firstChoice, payloadFault } from "./examples.ts";

const schema = (total: number) => ({ type: "object", examples: [{ total }] });
const CHOICES = choicesOf([
  { name: "a.bare", description: "", schemas: null },
  { name: "b.paid", description: "", schemas: { 1: schema(1), 2: schema(2) } },
  { name: "c.sent", description: "", schemas: { 1: schema(3), 2: { type: "object" } } },
]);

describe("what can be sent as an example", () => {
  it("is a ping, and each event type with the examples of its newest version that has some", () => {
    const found = CHOICES.map(({ name, examples }) => [name, ...examples.map(parsed)]);
    expect(found).toEqual([
      ["svix.ping", { success: true }],
      ["a.bare"],
      ["b.paid", { total: 2 }],
      ["c.sent", { total: 3 }],
    ]);
    expect(CHOICES[3]?.schema).toEqual({ type: "object" });
  });

  it("begins with what the endpoint wants, if that has an example", () => {
    expect(firstChoice(CHOICES, ["c.sent"]).name).toBe("c.sent");
    expect(firstChoice(CHOICES, ["a.bare"]).name).toBe("b.paid");
    expect(firstChoice(CHOICES, null).name).toBe("b.paid");
    expect(firstChoice(choicesOf([]), null).name).toBe("svix.ping");
  });

  it.each([
    ["{", /not JSON/],
    ["[1]", /begins with \{/],
    ['{"a":1}', undefined],
  ])("is %s or not", (text, fault) => {
    if (fault === undefined) expect(payloadFault(text)).toBeUndefined();
    else expect(payloadFault(text)).toMatch(fault);
  });
});

function parsed(text: string): unknown {
  return JSON.parse(text);
}
