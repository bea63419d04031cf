import { expect, test } from "vitest";
import { anEventType } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const LIST = { limit: 10, order: "ascending" } as const;

export function featureFlagCases(opened: () => Opened): void {
  test("those that are behind other flags may be left out", async () => {
    const { eventTypes } = opened().store;
    const flags = { open: null, a: ["a"], "a-b": ["a", "b"], c: ["c"] };
    for (const [name, featureFlags] of Object.entries(flags)) {
      await eventTypes.create(anEventType("org_flags", { name, featureFlags }));
    }
    const seen = async (featureFlags?: readonly string[] | null) => {
      const query = { ...LIST, limit: 4, includeArchived: false };
      const asked = featureFlags === undefined ? query : { ...query, featureFlags };
      return (await eventTypes.list("org_flags", asked)).rows.map(({ name }) => name);
    };
    expect(await seen()).toEqual(["a", "a-b", "c", "open"]);
    expect(await seen(null)).toEqual(["a", "a-b", "c", "open"]);
    expect(await seen([])).toEqual(["open"]);
    expect(await seen(["b", "x"])).toEqual(["a-b", "open"]);
    expect(await seen(["a", "b"])).toEqual(["a", "a-b", "open"]);
    const known = (featureFlags: readonly string[] | null) =>
      eventTypes.known("org_flags", ["a", "c", "open"], featureFlags);
    expect(await known(null)).toEqual(new Set(["a", "c", "open"]));
    expect(await known([])).toEqual(new Set(["open"]));
    expect(await known(["b", "a"])).toEqual(new Set(["a", "open"]));
  });
}
