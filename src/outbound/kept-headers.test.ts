import { describe, expect, it } from "vitest";
import { keptHeaders } from "./kept-headers.ts";

describe("the headers of an answer that are kept", () => {
  it("are pairs, one for each value", () => {
    expect(keptHeaders({ server: "nginx", "set-cookie": ["a=1", "b=2"] })).toEqual([
      ["server", "nginx"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });

  it("are bounded in number and in length", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-${i}`, "v"]));
    expect(keptHeaders(many)).toHaveLength(64);
    expect(keptHeaders({ "x-huge": "v".repeat(10_000), "x-small": "v" })).toEqual([]);
    expect(keptHeaders({ "x-small": "v", "x-huge": "v".repeat(10_000) })).toEqual([
      ["x-small", "v"],
    ]);
  });
});
