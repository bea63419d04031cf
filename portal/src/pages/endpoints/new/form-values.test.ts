import { describe, expect, it } from "vitest";
import { emptyValues, endpointIn, faultsOf, hintOf, requestFormatIn } from "./form-values.ts";

const values = emptyValues(" https://a.example/hooks ");

describe("the form for a new endpoint", () => {
  it("sends no more than was filled in", () => {
    expect(endpointIn(values)).toEqual({ url: "https://a.example/hooks", description: "" });
    expect(requestFormatIn(values)).toBeUndefined();
  });

  it("sends all that was filled in, without headers that have no name", () => {
    const filled = {
      ...values,
      eventTypes: ["a.b"],
      channels: ["c"],
      throttleRate: 5,
      headers: [
        { key: "1", name: " x-team ", value: "ops" },
        { key: "2", name: " ", value: "lost" },
      ],
      authToken: "a-long-token",
    };
    expect(endpointIn(filled)).toMatchObject({
      eventTypes: ["a.b"],
      channels: ["c"],
      throttleRate: 5,
      headers: { "x-team": "ops" },
    });
    expect(requestFormatIn(filled)).toEqual({
      body: "payload",
      checksum: false,
      authToken: "a-long-token",
    });
  });

  it("wants a URL, and a token that fits into a header", () => {
    expect(faultsOf(values)).toEqual({});
    expect(Object.keys(faultsOf({ ...values, url: "api.example", authToken: "short" }))).toEqual([
      "url",
      "authToken",
    ]);
  });

  it.each([
    ["http://localhost:3000", /out of reach/],
    ["http://192.168.1.4/", /out of reach/],
    ["https://172.20.0.2/", /out of reach/],
    ["https://[fd00::7]/", /out of reach/],
    ["http://a.example", /Use https/],
    ["https://intranet/hooks", /without a dot/],
  ])("has a hint about %s", (url, hint) => {
    expect(hintOf(url)).toMatch(hint);
  });

  it.each([
    "https://a.example/hooks",
    "https://172.32.0.2/hooks",
    "https://127.example/hooks",
    "http://127.0.0.1:8071/play/in/play_2mZDGF5D9WlkLxWgQpxLKh6zkCo",
    "",
    "htt",
  ])("has none about %j", (url) => {
    expect(hintOf(url)).toBeUndefined();
  });
});
