import { describe, expect, it } from "vitest";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { groupsOf } from "./groups.ts";

const CATALOGUE = [
  of("user.created", null, "Somebody joined"),
  of("invoice.sent", "Billing", "An invoice went out"),
  of("invoice.paid", "Billing", "Money came"),
  of("asset.made", "Assets", "A picture"),
];

function of(name: string, groupName: string | null, description: string): EventTypeOut {
  const at = "2026-01-15T10:00:00Z";
  return {
    name,
    groupName,
    description,
    archived: false,
    deprecated: false,
    schemas: null,
    featureFlag: null,
    featureFlags: null,
    createdAt: at,
    updatedAt: at,
  };
}

function outline(text: string) {
  const groups = groupsOf(CATALOGUE, text);
  return groups.map(({ name, eventTypes }) => [name, eventTypes.map((one) => one.name)]);
}

describe("the catalogue's groups", () => {
  it("are by name, those without one last", () => {
    expect(outline("")).toEqual([
      ["Assets", ["asset.made"]],
      ["Billing", ["invoice.paid", "invoice.sent"]],
      [undefined, ["user.created"]],
    ]);
  });

  it.each([
    ["INVOICE.", [["Billing", ["invoice.paid", "invoice.sent"]]]],
    ["joined", [[undefined, ["user.created"]]]],
    ["assets", [["Assets", ["asset.made"]]]],
    ["nothing", []],
  ])("are searched for %j", (text, found) => {
    expect(outline(text)).toEqual(found);
  });
});
