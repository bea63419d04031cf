import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let applicationId: string;
let endpointId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "A" })).id;
  const url = "https://a.example/a,b";
  endpointId = (await svix.endpoint.create(applicationId, { url, uid: "mine" })).id;
  for (let i = 0; i < 3; i++) await send("a.b");
  await send("c.d");
});
afterAll(() => gateway[Symbol.asyncDispose]());

function send(eventType: string) {
  return gateway.svix.message.create(applicationId, { eventType, payload: {} });
}

async function exported(query: string, token?: string, id = applicationId) {
  const url = `${gateway.url}/api/v1/app/${id}/delivery/export?${query}`;
  const headers = { authorization: `Bearer ${token ?? gateway.token}` };
  const answer = await fetch(url, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function rowsOf(query: string, token?: string) {
  const { text } = await exported(`format=json&${query}`, token);
  return JSON.parse(text) as readonly Readonly<Record<string, unknown>>[];
}

describe("an export", () => {
  it("is CSV with a file's name, and has what has failed unless more is asked for", async () => {
    const { status, headers, text } = await exported("");
    expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(headers.get("content-disposition")).toMatch(
      /^attachment; filename="deliveries-failed-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(text).toBe(
      "messageId,eventId,eventType,endpointId,url,state,attempts,lastAttemptAt,statusCode," +
        "reason,detail,nextAttemptAt\r\n",
    );
  });

  it("has the same rows as a list, and as lines", async () => {
    const rows = await rowsOf("status=pending");
    const lines = (await exported("status=pending&format=jsonl")).text.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ endpointId, state: "pending", attempts: 0, statusCode: null });
    expect(await rowsOf("status=canceled,succeeded")).toEqual([]);
  });

  it("is of the endpoint, the event types and the time that are asked for", async () => {
    expect(await rowsOf("status=pending&event_types=c.d")).toHaveLength(1);
    expect(await rowsOf("status=pending&endpoint_id=mine")).toHaveLength(4);
    expect(await rowsOf("status=pending&until=2020-01-01T00:00:00Z")).toEqual([]);
    expect(await rowsOf(`status=pending&since=${new Date(0).toISOString()}`)).toHaveLength(4);
  });

  it("has what an endpoint has missed", async () => {
    const url = "https://late.example/";
    await gateway.svix.eventType.create({ name: "c.d", description: "" });
    const created = { url, filterTypes: ["c.d"], uid: "late" };
    const { body: late } = await gateway.call("POST", `/app/${applicationId}/endpoint`, created);
    const rows = await rowsOf("status=missed");
    expect(rows).toMatchObject([
      { endpointId: late.id, url, eventType: "c.d", state: "missed", attempts: 0 },
    ]);
    expect(await rowsOf("status=missed&event_types=a.b")).toEqual([]);
    await gateway.svix.endpoint.delete(applicationId, late.id);
  });

  it("is for the application's own token, and nobody else's", async () => {
    expect(await rowsOf("status=pending", await applicationToken(applicationId))).toHaveLength(4);
    const other = await gateway.svix.application.create({ name: "Other" });
    expect((await exported("", await applicationToken(other.id))).status).toBe(404);
  });

  it("is refused where what is asked for is none", async () => {
    expect((await exported("status=lost")).status).toBe(400);
    expect((await exported("format=xml")).status).toBe(400);
    expect((await exported("endpoint_id=none")).status).toBe(404);
    const range = "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z";
    expect((await exported(range)).status).toBe(422);
  });

  it("has thousands, each once", async () => {
    const { id } = await gateway.svix.application.create({ name: "Many" });
    await gateway.svix.endpoint.create(id, { url: "https://many.example/" });
    const message = { eventType: "a.b", payload: {} };
    for (let sent = 0; sent < 2_000; sent += 100) {
      const some = Array.from({ length: 100 }, () => gateway.svix.message.create(id, message));
      await Promise.all(some);
    }
    const lines = (await exported("status=pending&format=jsonl", undefined, id)).text.split("\n");
    expect(new Set(lines).size).toBe(2_000 + 1);
    expect(lines.toSorted()).toEqual(["", ...lines.slice(0, -1)]);
  }, 60_000);
});
