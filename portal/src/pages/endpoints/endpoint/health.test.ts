import { describe, expect, it } from "vitest";
import { healthOf } from "./health.ts";

const FINE = { disabled: false, disabledReason: null, failedAttempts: null, failingSince: null };

describe("why nothing is sent to an endpoint", () => {
  it("needs no words where all is well", () => {
    expect(healthOf(FINE)).toBeUndefined();
  });

  it("warns before it is too late", () => {
    expect(healthOf({ ...FINE, failingSince: "2026-01-15T10:00:00Z" })).toMatchObject({
      tone: "wait",
      advice: expect.stringMatching(/is disabled/),
    });
  });

  it.each([
    ["failing", "fail", /1,204 attempts failed/],
    ["gone", "fail", /410/],
    ["owner", "quiet", /Replay missing/],
  ] as const)("says that it is %s, and what to do", (disabledReason, tone, advice) => {
    const health = healthOf({ ...FINE, disabled: true, disabledReason, failedAttempts: 1_204 });
    expect(health).toMatchObject({ tone, advice: expect.stringMatching(advice) });
    expect(health?.advice).toMatch(/[Ee]nable/);
  });
});
