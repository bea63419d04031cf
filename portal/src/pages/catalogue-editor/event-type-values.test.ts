import { describe, expect, it } from "vitest";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { EMPTY_VALUES, eventTypeIn, faultsOf, formErrors, valuesOf } from "./event-type-values.ts";
import { matching } from "../../components/event-types/matching.ts";

const PAID: EventTypeOut = {
  name: "invoice.paid",
  description: "An invoice was paid",
  archived: true,
  deprecated: false,
  schemas: {
    2: { type: "object" },
    10: { type: "object", title: "Paid", examples: [{ id: 1 }, { id: 2 }] },
  },
  featureFlag: null,
  featureFlags: ["beta"],
  groupName: "Billing",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

describe("the form of an event type", () => {
  it("shows the newest schema, and its first example by itself", () => {
    const { schema, example } = valuesOf(PAID);
    expect(JSON.parse(schema)).toEqual({ type: "object", title: "Paid" });
    expect(JSON.parse(example)).toEqual({ id: 1 });
  });

  it("changes nothing that nobody changed", () => {
    const { name, description, archived, deprecated, schemas, featureFlags, groupName } = PAID;
    const same = { name, description, archived, deprecated, schemas, featureFlags, groupName };
    expect(eventTypeIn(valuesOf(PAID), PAID)).toEqual(same);
  });

  it("replaces the example it shows, and leaves other examples and versions", () => {
    const values = { ...valuesOf(PAID), example: '{"id":3}' };
    expect(eventTypeIn(values, PAID).schemas).toEqual({
      2: { type: "object" },
      10: { type: "object", title: "Paid", examples: [{ id: 3 }, { id: 2 }] },
    });
  });

  it("takes a schema away where both are emptied", () => {
    const before = { archived: false, schemas: { 1: { type: "object", examples: [{}] } } };
    expect(eventTypeIn({ ...EMPTY_VALUES, name: "a" }, before).schemas).toBeNull();
  });

  it("keeps an example without a schema", () => {
    const values = { ...EMPTY_VALUES, name: "a", example: '{"id":3}' };
    expect(eventTypeIn(values).schemas).toEqual({ 1: { examples: [{ id: 3 }] } });
  });

  it("says what is wrong where it is wrong", () => {
    const faults = faultsOf({ ...EMPTY_VALUES, schema: '{"type":', example: "[1]" });
    expect(Object.keys(faults)).toEqual(["name", "description", "schema", "example"]);
    expect(faults["schema"]).toMatch(/^This is not JSON: /);
    expect(faults["example"]).toMatch(/object/);
  });

  it("puts what the API finds wrong with a schema at the schema, with the way to it", () => {
    expect(
      formErrors({
        name: "Taken",
        "schemas.1.properties.id.type": "Input should be a JSON schema's type",
      }),
    ).toEqual({
      name: "Taken",
      schema: "properties.id.type: Input should be a JSON schema's type",
    });
    expect(formErrors({ "schemas.1.examples": "No" })).toEqual({ example: "examples: No" });
  });
});

describe("a search among event types", () => {
  it.each([
    ["PAID", 1],
    ["was", 1],
    ["bill", 1],
    ["refund", 0],
    ["", 1],
  ])("for %j finds %i", (search, many) => {
    expect(matching([PAID], search)).toHaveLength(many);
  });
});
