import { expect, it } from "vitest";
import { createRecentlyUsed } from "./recently-used.ts";

it("forgets what was used longest ago when it weighs too much", () => {
  const kept = createRecentlyUsed<string>(10);
  kept.set("a", "A", 4);
  kept.set("b", "B", 4);
  expect(kept.get("a")).toBe("A");
  kept.set("c", "C", 4);
  expect(["a", "b", "c"].map(kept.get)).toEqual(["A", undefined, "C"]);
});

it("counts what is set again once", () => {
  const kept = createRecentlyUsed<string>(10);
  for (const weight of [9, 4, 5]) kept.set("a", "A", weight);
  kept.set("b", "B", 5);
  expect(["a", "b"].map(kept.get)).toEqual(["A", "B"]);
  kept.remove("a");
  kept.set("c", "C", 5);
  expect(["b", "c"].map(kept.get)).toEqual(["B", "C"]);
});
