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
    pending: 0,
    sending: 0,
    isWaitingExact: true,
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

  it("stand with those first, of the same kind, that most messages wait for", () => {
    const [none, some, many] = [0, 3, 40].map((sending) =>
      anEndpoint(`${sending}`, { failingSince: FAILING.failingSince, pending: 1, sending }),
    );
    if (!none || !some || !many) throw new Error("There are three");
    const ids = worstFirst([none, many, some, OFF]).map(({ endpointId }) => endpointId);
    expect(ids).toEqual(["40", "3", "0", "off"]);
  });

  it("are counted by what is wrong", () => {
    expect(unwellWords([OFF, GONE, FAILING])).toBe("1 fails · 2 are disabled");
    expect(unwellWords([OFF])).toBe("1 is disabled");
  });
});
