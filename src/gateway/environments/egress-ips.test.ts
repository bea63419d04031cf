import { expect, it } from "vitest";
import { applicationToken, startTestGateway } from "../testing/test-gateway.ts";

it("the addresses that attempts come from are told to any token, and to nobody without", async () => {
  const egressIps = ["203.0.113.7", "2001:db8::/48"];
  await using gateway = await startTestGateway({}, { egressIps });
  const { id } = await gateway.svix.application.create({ name: "App" });
  const viewer = await applicationToken(id, { capabilities: ["ViewBase"] });
  const tester = await gateway.call("POST", "/api-key", { name: "Key", appId: id, mode: "test" });
  for (const token of [gateway.token, viewer, tester.body.key]) {
    const { status, body } = await gateway.call("GET", "/egress-ips", undefined, token);
    expect([status, body]).toEqual([200, { egressIps }]);
  }
  expect((await gateway.call("GET", "/egress-ips", undefined, "")).status).toBe(401);
});

it("they are none unless the operator has set them", async () => {
  await using gateway = await startTestGateway();
  expect((await gateway.call("GET", "/egress-ips")).body).toEqual({ egressIps: [] });
});
