import { describe, expect, it } from "vitest";
import { basePathOf } from "./base-path.ts";
import { isReadOnly, sessionOf } from "./session.ts";

function tokenOf(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;
}

describe("a session", () => {
  it("knows from its token when it ends, and in which mode it is", () => {
    const live = sessionOf("app_1", tokenOf({ exp: 5 }), []);
    expect(live).toMatchObject({ expiresAtMs: 5_000, mode: "live" });
    expect(sessionOf("app_1", tokenOf({ mode: "test" }), [])).toMatchObject({
      expiresAtMs: null,
      mode: "test",
    });
    expect(sessionOf("app_1", "nonsense", [])).toMatchObject({ expiresAtMs: null, mode: "live" });
  });

  it.each([
    [["ViewBase"], true],
    [["ViewBase", "ViewEndpointSecret"], true],
    [["ViewBase", "CreateAttempts"], false],
    [["ViewBase", "ManageEndpoint"], false],
  ])("with %j only looks: %s", (capabilities, expected) => {
    expect(isReadOnly(sessionOf("app_1", "", capabilities))).toBe(expected);
  });
});

describe("the path that we are below", () => {
  it.each([
    ["/portal", ""],
    ["/portal/endpoints/ep_1", ""],
    ["/console/", ""],
    ["/a/b/play/x", "/a/b"],
    ["/hooks/portal/portal", "/hooks"],
    ["/portals", ""],
  ])("is of %s %j", (pathname, expected) => {
    expect(basePathOf(pathname)).toBe(expected);
  });
});
