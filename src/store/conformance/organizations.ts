import { expect, test } from "vitest";
import { DEFAULT_ORGANIZATION_SETTINGS } from "../../domain/organization-settings.ts";
import { NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

export function organizationCases(opened: () => Opened): void {
  test("an organization that has chosen nothing has the defaults", async () => {
    const { organizations } = opened().store;
    expect(await organizations.settings("org_new")).toEqual(DEFAULT_ORGANIZATION_SETTINGS);
  });

  test("what is chosen is kept, of this organization alone", async () => {
    const { organizations } = opened().store;
    const change = (found: object) => ({
      ...DEFAULT_ORGANIZATION_SETTINGS,
      ...found,
      publicCatalogue: true,
    });
    const changed = await organizations.changeSettings("org_one", change, NOW_MS);
    expect(changed).toEqual({ ...DEFAULT_ORGANIZATION_SETTINGS, publicCatalogue: true });
    expect(await organizations.settings("org_one")).toEqual(changed);
    expect(await organizations.settings("org_two")).toEqual(DEFAULT_ORGANIZATION_SETTINGS);
  });

  test("of changes that meet none is lost, not even of the first ones", async () => {
    const { organizations } = opened().store;
    const changes = Array.from({ length: 20 }, async (_, at) =>
      at % 2 === 0
        ? organizations.changeSettings(
            "org_meet",
            (found) => ({ ...found, publicCatalogue: true }),
            NOW_MS,
          )
        : organizations.changeSettings(
            "org_meet",
            (found) => ({ ...found, payloadValidation: "reject" }),
            NOW_MS,
          ),
    );
    await Promise.all(changes);
    expect(await organizations.settings("org_meet")).toMatchObject({
      publicCatalogue: true,
      payloadValidation: "reject",
    });
  });

  test("a change that throws leaves what was there", async () => {
    const { organizations } = opened().store;
    const refuse = () => {
      throw new Error("refused");
    };
    await expect(organizations.changeSettings("org_refuse", refuse, NOW_MS)).rejects.toThrow();
    expect(await organizations.settings("org_refuse")).toEqual(DEFAULT_ORGANIZATION_SETTINGS);
  });
}
