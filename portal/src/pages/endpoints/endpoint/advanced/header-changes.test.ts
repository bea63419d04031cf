import { describe, expect, it } from "vitest";
import { headerChanges, rowsOf } from "./header-changes.ts";

const FOUND = { headers: { "x-team": "ops", "x-old": "1" }, sensitive: ["authorization"] };
const rows = (headers: Record<string, string>) => rowsOf(headers);

describe("what a form of headers changes", () => {
  it("is nothing while nothing was touched", () => {
    expect(headerChanges(FOUND, rows(FOUND.headers), FOUND.sensitive)).toEqual({});
  });

  it("sets what is new or otherwise, and removes what is gone", () => {
    const wanted = rows({ "x-team": "sales", " x-new ": "2", "": "nameless" });
    expect(headerChanges(FOUND, wanted, FOUND.sensitive)).toEqual({
      "x-team": "sales",
      "x-new": "2",
      "x-old": null,
    });
  });

  it("removes a value that is not shown only when told, and replaces it in any spelling", () => {
    expect(headerChanges(FOUND, rows(FOUND.headers), [])).toEqual({ authorization: null });
    const replaced = rows({ ...FOUND.headers, Authorization: "Bearer x" });
    expect(headerChanges(FOUND, replaced, [])).toEqual({ Authorization: "Bearer x" });
  });
});
