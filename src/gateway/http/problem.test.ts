import { expect, it } from "vitest";
import { startTestGateway } from "../testing/test-gateway.ts";

it("of a body in which all is wrong, only the first hundred fields are told", async () => {
  await using gateway = await startTestGateway();
  const names = Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]);
  const body = { name: "A", metadata: Object.fromEntries(names) };
  const refused = await gateway.call("POST", "/app", body);
  expect([refused.status, refused.body.detail.length]).toEqual([422, 100]);
  expect(refused.body.detail[99].loc).toEqual(["body", "metadata", "k99"]);
});
