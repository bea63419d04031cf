import { expect, test } from "vitest";
import type { Settings } from "../catalogue-environments.ts";
import { anEventType, NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const ALL = { limit: 10, order: "ascending", includeArchived: true } as const;
const NOTHING = { eventTypes: [], archived: [], settings: null };

export function environmentCases(opened: () => Opened): void {
  test("an import creates, replaces, revives and archives event types", async () => {
    const { eventTypes, environments } = opened().store;
    const one = (name: string, changes = {}) => anEventType("org_types", { name, ...changes });
    const [live, old, gone] = [one("live"), one("old", { archived: true }), one("gone")];
    const scheduled = one("scheduled", { retrySchedule: [5_000] });
    for (const eventType of [live, old, gone, scheduled]) await eventTypes.create(eventType);

    const changes = { description: "imported", retrySchedule: [7], updatedAtMs: NOW_MS + 5 };
    const imported = ["live", "old", "new", "scheduled"].map((name) => one(name, changes));
    const archived = ["gone", "absent"];
    const whole = { ...NOTHING, eventTypes: imported, archived };
    await environments.import("org_types", whole, NOW_MS + 5);

    const { rows } = await eventTypes.list("org_types", ALL);
    const kept = (eventType: object) => ({ ...eventType, ...changes, archived: false });
    expect(rows).toEqual([
      { ...gone, archived: true, updatedAtMs: NOW_MS + 5 },
      kept(live),
      imported[2],
      kept(old),
      kept(scheduled),
    ]);
  });

  test("imports that meet wait for each other, in whatever order they name event types", async () => {
    const { eventTypes, environments } = opened().store;
    const names = Array.from({ length: 100 }, (_, at) => `met-${at}`);
    const rows = names.map((name) => anEventType("org_meet", { name }));
    const [some, others] = [rows.slice(0, 50), names.slice(50)];
    const imports = [
      { ...NOTHING, eventTypes: rows },
      { ...NOTHING, eventTypes: rows.toReversed() },
      { ...NOTHING, eventTypes: some, archived: others.toReversed() },
      { ...NOTHING, eventTypes: rows.slice(50), archived: names.slice(0, 50) },
    ];
    const meeting = [...imports, ...imports].map(async (whole) =>
      environments.import("org_meet", whole, NOW_MS),
    );
    await Promise.all(meeting);
    expect((await eventTypes.list("org_meet", { ...ALL, limit: 250 })).rows.length).toBe(100);
  });

  test("an import that fails leaves nothing behind", async () => {
    const { eventTypes, environments } = opened().store;
    const unstorable = anEventType("org_all", { name: "b", createdAtMs: Number.NaN });
    const rows = [anEventType("org_all", { name: "a" }), unstorable];
    const whole = { eventTypes: rows, archived: [], settings: () => ({ a: 1 }) };
    await expect(environments.import("org_all", whole, NOW_MS)).rejects.toThrow();
    expect(await eventTypes.find("org_all", "a")).toBeUndefined();
    expect(await environments.settings("org_all")).toBeNull();
  });
}

export function environmentSettingsCases(opened: () => Opened): void {
  test("settings are what imports make of them", async () => {
    const { environments } = opened().store;
    expect(await environments.settings("org_settings")).toBeNull();
    for (const settings of [{ a: 1 }, { b: ["é"], nested: { c: null } }, null]) {
      const change = settings && (() => settings);
      await environments.import("org_settings", { ...NOTHING, settings: change }, NOW_MS);
    }
    const last = { b: ["é"], nested: { c: null } };
    expect(await environments.settings("org_settings")).toEqual(last);
    expect(await environments.settings("org_other")).toBeNull();
  });

  test("of twenty imports of settings at once none is lost, nor an event type beside them", async () => {
    const { environments, eventTypes } = opened().store;
    const twenty = Array.from({ length: 20 }, (_, at) => `key-${at}`);
    const meeting = twenty.map(async (key) => {
      const settings = (kept: Settings | null) => ({ ...kept, [key]: "it's" });
      const whole = {
        ...NOTHING,
        eventTypes: [anEventType("org_twenty", { name: key })],
        settings,
      };
      await environments.import("org_twenty", whole, NOW_MS);
    });
    await Promise.all(meeting);
    const kept = await environments.settings("org_twenty");
    expect(Object.keys(kept ?? {}).toSorted()).toEqual(twenty.toSorted());
    const { rows } = await eventTypes.list("org_twenty", { ...ALL, limit: 250 });
    expect(rows).toHaveLength(20);
  });

  test("what becomes of settings can be refused", async () => {
    const { environments } = opened().store;
    const refuse = () => {
      throw new Error("too many");
    };
    const whole = { ...NOTHING, settings: refuse };
    await expect(environments.import("org_refuse", whole, NOW_MS)).rejects.toThrow("too many");
  });
}
