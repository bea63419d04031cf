import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let stranger: string;
let endpointIds: readonly string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  stranger = await organizationToken("org_another");
  const { svix } = gateway;
  const { id: applicationId } = await svix.application.create({ name: "Acme", uid: "acme" });
  await svix.application.create({ name: "acme Labs", uid: "labs" });
  await svix.application.create({ name: "Émile", uid: "acmeish" });
  await gateway.call("POST", "/app", { name: "Acme" }, stranger);
  const made: string[] = [];
  for (const path of ["fine", "bad", "off"]) {
    const disabled = path === "off";
    made.push(
      (await svix.endpoint.create("acme", { url: `https://a.example/${path}`, disabled })).id,
    );
  }
  endpointIds = made;
  const { id: messageId } = await svix.message.create("acme", { eventType: "a.b", payload: {} });
  const [fine = "", bad = ""] = endpointIds;
  const made1 = { applicationId, messageId };
  await recordAttempt(gateway, { ...made1, endpointId: fine, state: "succeeded" });
  await recordAttempt(gateway, { ...made1, endpointId: bad, state: "pending", response: "no" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("an organization's overview", () => {
  it("names the endpoints that fail or are disabled, with why and since when", async () => {
    const { status, body } = await gateway.call("GET", "/stats/overview");
    expect(status).toBe(200);
    const application = { applicationUid: "acme", applicationName: "Acme" };
    const isWaitingExact = true;
    expect(body.endpoints).toMatchObject([
      {
        ...application,
        endpointId: endpointIds[2],
        disabledReason: "owner",
        lastError: null,
        pending: 0,
        sending: 0,
        isWaitingExact,
      },
      {
        ...application,
        endpointId: endpointIds[1],
        disabled: false,
        pending: 0,
        sending: 1,
        isWaitingExact,
        lastError: { response: "no" },
      },
    ]);
    expect(Date.parse(body.endpoints[1].failingSince)).toBeLessThanOrEqual(Date.now());
    expect(body.hasMoreEndpoints).toBe(false);
    const one = await gateway.call("GET", "/stats/overview?limit=1");
    expect(one.body).toMatchObject({ hasMoreEndpoints: true, endpoints: [{}] });
  });

  it("counts the messages and attempts of the last day by the hour", async () => {
    const { lastDay } = (await gateway.call("GET", "/stats/overview")).body;
    expect(lastDay).toMatchObject({ messages: 1, success: 1, failure: 1, isExact: true });
    expect(lastDay.messageCount).toHaveLength(24);
    expect(Date.parse(lastDay.until) - Date.parse(lastDay.since)).toBe(86_400_000);
  });

  it("is of one organization alone", async () => {
    const { body } = await gateway.call("GET", "/stats/overview", undefined, stranger);
    expect(body).toMatchObject({ endpoints: [], lastDay: { messages: 0, success: 0 } });
  });
});

describe("applications that are searched", () => {
  it.each([
    ["ACME", ["Acme", "acme Labs"]],
    ["lab", ["acme Labs"]],
    ["acm", ["Acme", "acme Labs", "Émile"]],
    ["É", ["Émile"]],
    ["%", []],
    ["cme", []],
  ])("%s finds those that begin so: %j", async (search, names) => {
    const { status, body } = await gateway.call("GET", `/app?search=${encodeURIComponent(search)}`);
    expect(status).toBe(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(body).toMatchObject({ done: true, iterator: null });
  });

  it("are found by how their id begins, as many as are asked for", async () => {
    const all = await gateway.call("GET", "/app?search=app_&limit=2");
    expect(all.body).toMatchObject({ done: false, data: [{}, {}] });
    const { id } = all.body.data[0];
    const { iterator } = all.body;
    expect(iterator).toBe(all.body.data[1].id);
    const rest = await gateway.call("GET", `/app?search=app_&iterator=${iterator}`);
    expect(rest.body).toMatchObject({ done: true, iterator: null, data: [{}] });
    const other = await gateway.call("GET", `/app?search=none&iterator=${iterator}`);
    expect([other.status, other.body.detail[0].loc]).toEqual([422, ["query", "iterator"]]);
    const one = await gateway.call("GET", `/app?search=${id}`);
    expect(one.body.data).toMatchObject([{ id }]);
    const none = await gateway.call("GET", `/app?search=${id}`, undefined, stranger);
    expect(none.body.data).toEqual([]);
  });
});
