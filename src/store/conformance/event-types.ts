import { expect, test } from "vitest";
import { anEventType, NOW_MS } from "./fixtures.ts";
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

export function importCases(opened: () => Opened): void {
  test("an import creates, replaces, revives and archives", async () => {
    const { eventTypes } = opened().store;
    const organizationId = "org_import";
    const one = (name: string, changes = {}) => anEventType(organizationId, { name, ...changes });
    const [live, old, gone] = [one("live"), one("old", { archived: true }), one("gone")];
    const scheduled = one("scheduled", { retrySchedule: [5_000] });
    for (const eventType of [live, old, gone, scheduled]) await eventTypes.create(eventType);

    const changes = { description: "imported", updatedAtMs: NOW_MS + 5 };
    const imported = ["live", "old", "new", "scheduled"].map((name) => one(name, changes));
    await eventTypes.import(organizationId, imported, ["gone", "absent"], NOW_MS + 5);

    const { rows } = await eventTypes.list(organizationId, { ...LIST, includeArchived: true });
    const kept = (eventType: object) => ({ ...eventType, ...changes, archived: false });
    expect(rows).toEqual([
      { ...gone, archived: true, updatedAtMs: NOW_MS + 5 },
      kept(live),
      imported[2],
      kept(old),
      kept(scheduled),
    ]);
  });

  test("an import that fails leaves nothing behind", async () => {
    const { eventTypes } = opened().store;
    const unstorable = anEventType("org_all", { name: "b", createdAtMs: Number.NaN });
    const rows = [anEventType("org_all", { name: "a" }), unstorable];
    await expect(eventTypes.import("org_all", rows, [], NOW_MS)).rejects.toThrow();
    expect(await eventTypes.find("org_all", "a")).toBeUndefined();
  });
}
