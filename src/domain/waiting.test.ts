import { describe, expect, it } from "vitest";
import { groupAttempts, wakeAtMs, type DueDelivery } from "./waiting.ts";

function due(dueAtMs: number, endpointId = "ep_1", isUnderWay = false): DueDelivery {
  const messageId = `msg_${dueAtMs}`;
  return { messageId, endpointId, applicationId: "app_1", attemptNumber: 2, dueAtMs, isUnderWay };
}

describe("wakeAtMs", () => {
  it.each([
    { times: [7_000], wake: 7_000, what: "the only one" },
    {
      times: [5_400, 5_000, 5_500],
      wake: 5_500,
      what: "the last that is due within half a second",
    },
    { times: [5_000, 5_501, 6_000], wake: 5_000, what: "the first, if the others are later" },
    {
      times: [5_000, 5_400, 5_800],
      wake: 5_400,
      what: "what belongs to the first, not to its heirs",
    },
  ])("is $what", ({ times, wake }) => {
    expect(wakeAtMs(times.map((timeMs) => due(timeMs)))).toBe(wake);
  });
});

describe("groupAttempts", () => {
  it("makes no group of nothing", () => {
    expect(groupAttempts([])).toEqual([]);
  });

  it("keeps prompt ones together, whatever their endpoints", () => {
    const all = [due(1, "ep_1"), due(2, "ep_2"), due(3, "ep_1")];
    expect(groupAttempts(all)).toEqual([all]);
  });

  it("parts slow ones from the others, and by endpoint", () => {
    const prompt = due(1, "ep_1");
    const slow = [due(2, "ep_1", true), due(3, "ep_2", true), due(4, "ep_1", true)] as const;
    expect(groupAttempts([slow[0], prompt, slow[1], slow[2]])).toEqual([
      [prompt],
      [slow[0], slow[2]],
      [slow[1]],
    ]);
  });
});
