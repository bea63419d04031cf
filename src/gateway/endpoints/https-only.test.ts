import { describe, expect, it } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HTTP = "http://a.example/hooks";
const HTTPS = "https://a.example/hooks";
const SETTINGS = "/organization/settings";

/** Each way in which an endpoint is given a URL, with what it answers where that is taken. */
const WAYS_IN = [
  ["POST", "/app/app/endpoint", 201],
  ["PUT", "/app/app/endpoint/new", 201],
  ["PUT", "/app/app/endpoint/old", 200],
  ["PATCH", "/app/app/endpoint/old", 200],
  ["POST", "/operational-webhook/endpoint", 201],
  ["PUT", "/operational-webhook/endpoint/new", 201],
] as const;

async function prepare({ svix, store }: TestGateway): Promise<void> {
  await svix.application.create({ name: "App", uid: "app" });
  const { id } = await svix.endpoint.create("app", { url: HTTPS, uid: "old" });
  // As it was before anybody had chosen.
  await store.endpoints.change(id, (found) => ({ ...found, url: HTTP }));
}

async function expectRefused(gateway: TestGateway, token?: string): Promise<void> {
  for (const [method, path, taken] of WAYS_IN) {
    const before = gateway.rows();
    const refused = await gateway.call(method, path, { url: HTTP }, token);
    expect([method, path, refused.status]).toEqual([method, path, 422]);
    expect(refused.body.detail).toEqual([
      { loc: ["body", "url"], msg: expect.stringContaining("https://"), type: "value_error" },
    ]);
    expect(gateway.rows()).toBe(before);
    const fine = await gateway.call(method, path, { url: "HTTPS://a.example" }, token);
    expect([method, path, fine.status]).toEqual([method, path, taken]);
  }
}

describe("URLs without encryption", () => {
  it("are taken by default", async () => {
    await using gateway = await startTestGateway();
    await prepare(gateway);
    for (const [method, path, taken] of WAYS_IN) {
      expect((await gateway.call(method, path, { url: HTTP })).status).toBe(taken);
    }
  });

  it("are refused everywhere where the installation says so", async () => {
    await using gateway = await startTestGateway({}, { httpsOnly: true });
    await prepare(gateway);
    const renamed = await gateway.call("PATCH", "/app/app/endpoint/old", { description: "kept" });
    expect(renamed).toMatchObject({ status: 200, body: { url: HTTP, description: "kept" } });
    await expectRefused(gateway);
  });

  it("are refused in the organization that says so, and in no other", async () => {
    await using gateway = await startTestGateway();
    await prepare(gateway);
    const { body } = await gateway.call("PATCH", SETTINGS, { httpsOnly: true });
    expect(body.httpsOnly).toBe(true);
    await expectRefused(gateway);
    const other = await organizationToken("org_23rb8YdGqMT0qIzpgGwdXfHirOT");
    const theirs = "/operational-webhook/endpoint";
    expect((await gateway.call("POST", theirs, { url: HTTP }, other)).status).toBe(201);
    await gateway.call("PATCH", SETTINGS, { httpsOnly: false });
    expect((await gateway.call("POST", theirs, { url: HTTP })).status).toBe(201);
  });
});
