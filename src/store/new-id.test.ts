import { describe, expect, it } from "vitest";
import { newIdInOrder } from "./new-id.ts";

describe("new ids in order", () => {
  it("sort as they were made, within the same millisecond too", () => {
    const ids = Array.from({ length: 1_000 }, (_, i) =>
      newIdInOrder("preq", 1_790_000_000_000 + Math.floor(i / 300)),
    );
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
  });
});
