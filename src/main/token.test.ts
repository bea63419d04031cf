import { afterAll, beforeAll, expect, it } from "vitest";
import { JWT_SECRET, startTestGateway, type TestGateway } from "../gateway/testing/test-gateway.ts";
import { makeToken } from "./token.ts";

const ORGANIZATION = "org_any-name";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

function whoami(token: string) {
  return gateway.call("GET", "/auth/whoami", undefined, token);
}

it("a token for an organization may do everything there", async () => {
  const token = await makeToken(JWT_SECRET, { organizationId: ORGANIZATION });
  expect((await whoami(token)).body).toMatchObject({ envId: ORGANIZATION, appId: null });
  expect((await gateway.call("POST", "/app", { name: "A" }, token)).status).toBe(201);
});

it("a token for an application is confined to it, and can be revoked", async () => {
  const whole = await makeToken(JWT_SECRET, { organizationId: ORGANIZATION });
  const app = await gateway.call("POST", "/app", { name: "B" }, whole);
  const applicationId: string = app.body.id;
  const token = await makeToken(JWT_SECRET, { organizationId: ORGANIZATION, applicationId });
  const { body } = await whoami(token);
  expect(body).toMatchObject({ envId: ORGANIZATION, appId: applicationId, featureFlags: [] });
  expect(body.capabilities).toContain("ManageEndpoint");
  expect((await gateway.call("GET", "/app", undefined, token)).status).toBe(403);
  expect((await gateway.call("POST", "/auth/logout", undefined, token)).status).toBe(204);
  expect((await whoami(token)).status).toBe(401);
});
