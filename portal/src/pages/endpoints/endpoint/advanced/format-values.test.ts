import { describe, expect, it } from "vitest";
import { patchOf, valuesOf } from "./format-values.ts";

const PLAIN = {
  body: "payload",
  hexSignature: null,
  authToken: null,
  bodyToken: null,
  checksum: false,
} as const;
const FULL = {
  body: "event-data",
  hexSignature: { header: "x-signature", secret: "••••cret" },
  authToken: "••••",
  bodyToken: { path: "meta.token", token: "••••" },
  checksum: true,
} as const;

describe("what the form of a request format changes", () => {
  it.each([PLAIN, FULL])("is nothing while nothing was touched", (format) => {
    expect(patchOf(format, valuesOf(format))).toEqual({});
  });

  it("takes away what was switched off", () => {
    expect(patchOf(FULL, valuesOf(PLAIN))).toEqual({ ...PLAIN });
  });

  it("keeps a secret that nobody wrote anew", () => {
    const values = { ...valuesOf(FULL), hexHeader: "x-other", bodyTokenPath: "token" };
    expect(patchOf(FULL, values)).toEqual({
      hexSignature: { header: "x-other" },
      bodyToken: { path: "token" },
    });
  });

  it("sends what is incomplete, for the API to say what is missing", () => {
    const values = {
      ...valuesOf(PLAIN),
      hasHexSignature: true,
      hasAuthToken: true,
      hasBodyToken: true,
    };
    expect(patchOf(PLAIN, values)).toEqual({
      hexSignature: {},
      authToken: "",
      bodyToken: { path: "" },
    });
  });
});
