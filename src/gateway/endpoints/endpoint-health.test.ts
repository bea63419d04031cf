import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../store/new-id.ts";
import { recordAttempt } from "../testing/test-attempts.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const FAILED_AT = "2026-01-02T03:04:05.678Z";
const HEALTHY = {
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
  failedAttempts: null,
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.svix.application.create({ name: "App", uid: "app" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function create(fields: object = {}) {
  const { body } = await gateway.call("POST", "/app/app/endpoint", {
    url: "https://a.example",
    ...fields,
  });
  return body;
}

async function fail(endpointId: string, state: "exhausted" | "endpoint_gone"): Promise<void> {
  const endedAtMs = Date.parse(FAILED_AT);
  await recordAttempt(gateway, { id: newId("atmpt", endedAtMs), endpointId, endedAtMs, state });
}

it("says since when an endpoint fails, wherever it is shown", async () => {
  const { id, ...created } = await create();
  expect(created).toMatchObject({ disabled: false, ...HEALTHY });
  await fail(id, "exhausted");
  const failing = { disabled: false, ...HEALTHY, failingSince: FAILED_AT };
  const { body } = await gateway.call("GET", `/app/app/endpoint/${id}`);
  expect(body).toMatchObject(failing);
  const list = await gateway.call("GET", "/app/app/endpoint");
  expect(list.body.data[0]).toMatchObject({ id, ...failing });
});

it("says why it is disabled, and forgets all that when it is enabled", async () => {
  const { id } = await create();
  await fail(id, "endpoint_gone");
  const gone = { disabled: true, disabledReason: "gone", disabledAt: FAILED_AT };
  const path = `/app/app/endpoint/${id}`;
  expect((await gateway.call("GET", path)).body).toMatchObject(gone);
  expect((await gateway.call("PATCH", path, { description: "Closed" })).body).toMatchObject(gone);
  const enabled = await gateway.call("PATCH", path, { disabled: false });
  expect(enabled.body).toMatchObject({ disabled: false, ...HEALTHY });
  expect((await gateway.call("GET", path)).body).toEqual(enabled.body);
});

it.each([
  ["PATCH", { disabled: true }, { disabled: false }],
  ["PUT", { url: "https://a.example", disabled: true }, { url: "https://a.example" }],
] as const)("tells with %s that its owner disabled it, and enabled it", async (how, off, on) => {
  const { id } = await create();
  await fail(id, "exhausted");
  const path = `/app/app/endpoint/${id}`;
  const { body } = await gateway.call(how, path, off);
  expect(body).toMatchObject({ disabledReason: "owner", failingSince: FAILED_AT });
  expect(body.disabledAt).toBe(body.updatedAt);
  expect((await gateway.call(how, path, on)).body).toMatchObject({ disabled: false, ...HEALTHY });
});

it("takes one that is created disabled for its owner's", async () => {
  const created = await create({ disabled: true });
  expect(created).toMatchObject({ disabled: true, disabledReason: "owner", failingSince: null });
  expect(created.disabledAt).toBe(created.createdAt);
});

it("leaves what fails as it is when something else is replaced", async () => {
  const { id } = await create();
  await fail(id, "exhausted");
  const url = "https://b.example/";
  const { body } = await gateway.call("PUT", `/app/app/endpoint/${id}`, { url });
  expect(body).toMatchObject({ url, failingSince: FAILED_AT });
});
