import { describe, expect, it } from "vitest";
import { readLink, withoutLink } from "./link.ts";

const KEY = { appId: "app_1", oneTimeToken: "käse" };
const key = Buffer.from(JSON.stringify(KEY)).toString("base64url");

describe("a link to the portal", () => {
  it("has its key behind the #, and what it asks for on either side of it", () => {
    const link = readLink(
      "?darkMode=true",
      `#key=${key}&primaryColorLight=0F7B6C&next=/logs%3Fa=1`,
    );
    expect(link).toMatchObject({
      key: KEY,
      next: "/logs?a=1",
      embedding: { colorScheme: "dark", primaryColorLight: "#0f7b6c", primaryColorDark: undefined },
    });
  });

  it("says nothing of looks where it names none", () => {
    expect(readLink("?period=7d", "")).toEqual({
      key: undefined,
      embedding: undefined,
      next: undefined,
      customer: undefined,
    });
  });

  it("may say whose webhooks they are", () => {
    expect(readLink("", "#customer=%20Caf%C3%A9%20%26%20Sons%20").customer).toBe("Café & Sons");
    expect(readLink("?customer=%20", "").customer).toBeUndefined();
  });

  it.each(["", "e30", "nonsense!", Buffer.from("[]").toString("base64url")])(
    "without a key that can be read (%j) has none",
    (text) => expect(readLink("", `#key=${text}`).key).toBeUndefined(),
  );

  it("leads to the same page when its path was copied from a browser", () => {
    expect(readLink("", "#next=/portal/messages").next).toBe("/messages");
    expect(readLink("", "#next=/portal//evil.example").next).toBeUndefined();
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/a\nb",
    "javascript:x",
    "/<b>",
  ])("does not lead to %j", (next) =>
    expect(readLink("", `#next=${encodeURIComponent(next)}`).next).toBeUndefined(),
  );

  it.each([
    ["primaryColor", "red;}body{display:none", "primaryColorLight"],
    ["fontFamily", "a';}", "fontFamily"],
    ["icon", "javascript:alert(1)", "icon"],
    ["icon", "http://a.example/x.png", "icon"],
  ] as const)("puts no %s of %j into a style or an address", (name, value, field) => {
    const { embedding } = readLink("", `#${name}=${encodeURIComponent(value)}`);
    expect(embedding?.[field]).toBeUndefined();
  });

  it("leaves the address without what was the link's", () => {
    expect(withoutLink("?darkMode=true&period=7d&key=a&next=b&customer=c")).toBe("?period=7d");
    expect(withoutLink("?noGutters=1")).toBe("");
  });
});
