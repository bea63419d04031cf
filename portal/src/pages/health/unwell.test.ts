import { describe, expect, it } from "vitest";
import { unwellWords, worstFirst } from "./unwell.ts";

type Unwell = Parameters<typeof worstFirst>[0][number];

function anEndpoint(endpointId: string, health: Partial<Unwell>): Unwell {
  return {
    applicationId: "app_1",
    applicationUid: null,
    applicationName: "Acme",
    endpointId,
    url: "https://a.example",
    description: "",
    disabled: false,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    failedAttempts: null,
    lastError: null,
    ...health,
  };
}

const OFF = anEndpoint("off", { disabled: true, disabledReason: "owner" });
const GONE = anEndpoint("gone", { disabled: true, disabledReason: "gone" });
const FAILING = anEndpoint("failing", { failingSince: "2026-01-15T10:00:00Z" });

describe("endpoints that are not well", () => {
  it("stand with those first that nobody has wanted so", () => {
    const ids = worstFirst([OFF, GONE, FAILING]).map(({ endpointId }) => endpointId);
    expect(ids).toEqual(["failing", "gone", "off"]);
  });

  it("are counted by what is wrong", () => {
    expect(unwellWords([OFF, GONE, FAILING])).toBe("1 fails · 2 are disabled");
    expect(unwellWords([OFF])).toBe("1 is disabled");
  });
});
