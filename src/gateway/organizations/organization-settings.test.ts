import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const PATH = "/organization/settings";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("an organization's settings", () => {
  it("are the defaults until it chooses", async () => {
    const { status, body } = await gateway.call("GET", PATH);
    expect([status, body]).toEqual([
      200,
      { publicCatalogue: false, payloadValidation: "off", httpsOnly: false },
    ]);
  });

  it("change one by one, and are nobody else's", async () => {
    const first = await gateway.call("PATCH", PATH, { publicCatalogue: true });
    expect(first.body).toEqual({
      publicCatalogue: true,
      payloadValidation: "off",
      httpsOnly: false,
    });
    const second = await gateway.call("PATCH", PATH, { payloadValidation: "warn" });
    expect(second.body).toEqual({
      publicCatalogue: true,
      payloadValidation: "warn",
      httpsOnly: false,
    });
    expect((await gateway.call("GET", PATH)).body).toEqual(second.body);

    const other = await organizationToken("org_other");
    const theirs = await gateway.call("GET", PATH, undefined, other);
    expect(theirs.body).toEqual({
      publicCatalogue: false,
      payloadValidation: "off",
      httpsOnly: false,
    });
  });

  it("are refused where they are none, each by its name", async () => {
    const before = gateway.rows();
    const answer = await gateway.call("PATCH", PATH, {
      publicCatalogue: "yes",
      payloadValidation: "maybe",
      httpsOnly: 1,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.detail.map(({ loc }: { loc: string[] }) => loc.at(-1))).toEqual([
      "publicCatalogue",
      "payloadValidation",
      "httpsOnly",
    ]);
    expect(gateway.rows()).toBe(before);
  });
});
