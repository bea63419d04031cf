import { describe, expect, it } from "vitest";
import { countOf, queryOf, readFilters } from "./filters.ts";
import { spanOf } from "./time-range.ts";

const NOW_MS = Date.parse("2026-05-10T12:00:00Z");

describe("filters in the URL", () => {
  it("are read, and what is no filter is passed over", () => {
    const search = { eventTypes: ["a.b", 7], tag: "x", channel: "", status: "odd", preset: "week" };
    expect(readFilters(search)).toEqual({ eventTypes: ["a.b"], tag: "x", preset: "week" });
    expect(readFilters({ after: "soon", before: "2026-01-01T00:00:00Z", eventTypes: "a" })).toEqual(
      {
        before: "2026-01-01T00:00:00Z",
      },
    );
  });

  it("are asked of the API in its words", () => {
    expect(queryOf({ eventTypes: ["a.b"], status: "failed", channel: "c" }, NOW_MS)).toEqual({
      event_types: ["a.b"],
      status: 2,
      channel: "c",
    });
  });

  it("count what narrows the list, but for the outcome, which is seen", () => {
    expect(countOf({})).toBe(0);
    expect(
      countOf({ eventTypes: ["a"], tag: "b", after: "c", before: "d", status: "failed" }),
    ).toBe(3);
  });
});

describe("a span of time", () => {
  it("has an end even where it reaches until now", () => {
    expect(spanOf({ preset: "5h" }, NOW_MS)).toEqual({
      after: "2026-05-10T07:00:00.000Z",
      before: "2026-05-10T12:00:00.000Z",
    });
    expect(spanOf({ after: "2026-05-01T00:00:00Z" }, NOW_MS).before).toBe(
      "2026-05-10T12:00:00.000Z",
    );
    expect(spanOf({}, NOW_MS)).toEqual({});
  });

  it("of yesterday is a day of the reader's", () => {
    const { after = "", before = "" } = spanOf({ preset: "yesterday" }, NOW_MS);
    expect(new Date(before).getHours()).toBe(0);
    expect(new Date(after).getHours()).toBe(0);
    expect(new Date(NOW_MS).getDate() - new Date(after).getDate()).toBe(1);
  });
});
