import { describe, expect, it } from "vitest";
import { apiKeyIn, EMPTY_VALUES, faultsOf } from "./new-key-values.ts";
import { scopeWords } from "./scopes.ts";

describe("the form for a new key", () => {
  it("wants a name, and something that the key may do", () => {
    expect(Object.keys(faultsOf({ ...EMPTY_VALUES, scopes: [] }))).toEqual(["name", "scopes"]);
    expect(faultsOf({ ...EMPTY_VALUES, name: "Billing" })).toEqual({});
  });

  it("asks for a key that ends after the days chosen, or never, and for whom it says", () => {
    const values = { ...EMPTY_VALUES, name: " Billing ", appId: " acme " };
    expect(apiKeyIn({ ...values, days: "30" }, Date.parse("2026-01-01T00:00:00Z"))).toEqual({
      name: "Billing",
      mode: "live",
      scopes: ["publish"],
      appId: "acme",
      expiresAt: "2026-01-31T00:00:00.000Z",
    });
    expect(apiKeyIn({ ...values, appId: "" }, 0)).toMatchObject({ appId: null, expiresAt: null });
  });
});

describe("what a key may do", () => {
  it("is said once where one scope includes the others", () => {
    expect(scopeWords(["read", "publish", "manage"])).toEqual(["Do everything"]);
    expect(scopeWords(["read", "publish"])).toEqual(["Send messages", "Look"]);
  });
});
