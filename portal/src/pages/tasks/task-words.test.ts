import { describe, expect, it } from "vitest";
import { faultOf, ownerOf, progressWords, typeWords, wasCanceled } from "./task-words.ts";

describe("a background task", () => {
  it("says what it has sent, and of what came of it only what there is", () => {
    const data = { found: 1_500, sent: 1_234, succeeded: 1_230, failed: 4, skipped: 0 };
    const words = progressWords({ task: "endpoint.recover", data });
    expect(words).toBe("1,234 sent · 1,230 succeeded · 4 failed");
  });

  it("that deletes payloads counts those, and one that reckons counts nothing", () => {
    const purging = { task: "application.purge_content", data: { messagesPurged: 7 } } as const;
    expect(progressWords(purging)).toBe("7 payloads deleted");
    expect(progressWords({ task: "application.stats", data: {} })).toBe("");
  });

  it("says why it failed, where it has", () => {
    const failed = { data: { error: "The endpoint was deleted" } };
    expect([faultOf(failed), wasCanceled(failed)]).toEqual(["The endpoint was deleted", false]);
    expect(faultOf({ data: {} })).toBeUndefined();
  });

  it("that somebody canceled is told from one that failed", () => {
    expect(wasCanceled({ data: { error: "It was canceled" } })).toBe(true);
  });

  it("says whose it is, if it is anybody's", () => {
    const data = { appId: "app_1", endpointId: "ep_1", sent: 1 };
    expect(ownerOf({ data })).toEqual({ appId: "app_1", endpointId: "ep_1" });
    expect(ownerOf({ data: { appStats: [] } })).toEqual({});
  });

  it("of a kind that we do not know keeps its name", () => {
    expect(typeWords("sdk.generate")).toBe("sdk.generate");
  });
});
