import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applicationToken,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";

let gateway: TestGateway;
let abroad: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  abroad = await organizationToken("org_2ZZZZZZZZZZZZZZZZZZZZZZZZZZ");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const LIST = "/operational-webhook/endpoint";
const URL_IN = "https://you.example/operations";
const post = async (body: object) => gateway.call("POST", LIST, { url: URL_IN, ...body });
const code = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe("an endpoint of the organization itself", () => {
  it("is created, found by id and uid, listed, replaced and deleted", async () => {
    const asked = { uid: "own", eventTypes: ["endpoint.disabled"], metadata: { a: "1" } };
    const { status, body } = await post(asked);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^ep_\w{27}$/),
      url: URL_IN,
      description: "",
      disabled: false,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      failedAttempts: null,
      throttleRate: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      ...asked,
    });
    for (const name of [body.id, "own"]) {
      expect((await gateway.call("GET", `${LIST}/${name}`)).body).toEqual(body);
    }
    expect((await gateway.call("GET", LIST)).body).toMatchObject({ data: [body], done: true });

    const put = await gateway.call("PUT", `${LIST}/own`, { url: "https://new.example/" });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ id: body.id, uid: "own", url: "https://new.example/" });
    expect(put.body.eventTypes).toBeNull();
    expect((await gateway.call("DELETE", `${LIST}/${body.id}`)).status).toBe(204);
    expect(code(await gateway.call("GET", `${LIST}/own`))).toEqual([404, "not_found"]);
    expect(code(await gateway.call("DELETE", `${LIST}/own`))).toEqual([404, "not_found"]);
    expect((await gateway.call("GET", LIST)).body.data).toEqual([]);
  });

  it("is created by a PUT to a uid, but not to an id", async () => {
    const put = await gateway.call("PUT", `${LIST}/by-put`, { url: URL_IN });
    expect([put.status, put.body.uid]).toEqual([201, "by-put"]);
    const id = `ep_${"a".repeat(27)}`;
    expect(code(await gateway.call("PUT", `${LIST}/${id}`, { url: URL_IN }))).toEqual([
      404,
      "not_found",
    ]);
    expect(code(await post({ uid: "by-put" }))).toEqual([409, "conflict"]);
  });

  it("has a secret, which can be rotated, and headers, of which some are hidden", async () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
    const { body } = await post({ secret, headers: { "x-a": "1", authorization: "Basic x" } });
    const one = `${LIST}/${body.id}`;
    expect((await gateway.call("GET", `${one}/secret`)).body).toEqual({ key: secret });
    const rotated = await gateway.call("POST", `${one}/secret/rotate`, { gracePeriodSeconds: 5 });
    expect(rotated.status).toBe(204);
    expect((await gateway.call("GET", `${one}/secret`)).body.key).not.toBe(secret);

    const shown = { headers: { "x-a": "1" }, sensitive: ["authorization"] };
    expect((await gateway.call("GET", `${one}/headers`)).body).toEqual(shown);
    const put = await gateway.call("PUT", `${one}/headers`, { headers: { "x-b": "2" } });
    expect(put.status).toBe(204);
    const replaced = { headers: { "x-b": "2" }, sensitive: [] };
    expect((await gateway.call("GET", `${one}/headers`)).body).toEqual(replaced);
  });

  it("wants only what an organization can be told; an empty list is all", async () => {
    expect((await post({ eventTypes: [] })).body.eventTypes).toBeNull();
    const refused = await post({ eventTypes: ["invoice.paid"] });
    expect([refused.status, refused.body.detail[0].loc]).toEqual([
      422,
      ["body", "eventTypes", "0"],
    ]);
    for (const name of ["endpoint.created", "message.attempt.exhausted"]) {
      expect(refused.body.detail[0].msg).toContain(name);
    }
  });

  it.each([
    ["no url", {}, "url"],
    ["another scheme", { url: "ftp://a.example" }, "url"],
    ["a rate of 0", { url: URL_IN, throttleRate: 0 }, "throttleRate"],
    ["a uid like an id", { url: URL_IN, uid: "ep_1" }, "uid"],
    ["a short secret", { url: URL_IN, secret: "short" }, "secret"],
    ["a header that is ours", { url: URL_IN, headers: { "webhook-id": "1" } }, "headers"],
  ])("is refused with %s", async (_what, body, field) => {
    const refused = await gateway.call("POST", LIST, body);
    expect([refused.status, refused.body.detail[0].loc[1]]).toEqual([422, field]);
  });

  it("is listed in pages", async () => {
    const token = await organizationToken("org_2PPPPPPPPPPPPPPPPPPPPPPPPPP");
    const create = async () => (await gateway.call("POST", LIST, { url: URL_IN }, token)).body.id;
    // Those of one millisecond are in no order of their own.
    const created: string[] = [await create(), await create(), await create()];
    const ids = created.toSorted().toReversed();
    const page = async (query: string) =>
      (await gateway.call("GET", `${LIST}?limit=2${query}`, undefined, token)).body;
    const first = await page("");
    expect(first.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const second = await page(`&iterator=${first.iterator}`);
    expect(second).toMatchObject({ data: [{ id: ids[2] }], done: true });
    expect((await page(`&iterator=${second.prevIterator}`)).data).toEqual(first.data);
  });

  it("is nobody else's: not another organization's, nor an application's token's", async () => {
    const { body } = await post({ uid: "mine" });
    for (const name of [body.id, "mine"]) {
      const found = await gateway.call("GET", `${LIST}/${name}`, undefined, abroad);
      expect(code(found)).toEqual([404, "not_found"]);
    }
    expect((await gateway.call("GET", LIST, undefined, abroad)).body.data).toEqual([]);
    const { id } = await gateway.svix.application.create({ name: "A", uid: "operational-a" });
    const token = await applicationToken(id);
    expect((await gateway.call("GET", LIST, undefined, token)).status).toBe(403);
    expect((await gateway.call("POST", LIST, { url: URL_IN }, token)).status).toBe(403);
  });
});

describe("the application that the organization's own endpoints belong to", () => {
  it("is made once, by calls that meet", async () => {
    const token = await organizationToken("org_2RRRRRRRRRRRRRRRRRRRRRRRRRR");
    const calls = Array.from({ length: 20 }, async () =>
      gateway.call("POST", LIST, { url: URL_IN }, token),
    );
    for (const { status } of await Promise.all(calls)) expect(status).toBe(201);
    expect((await gateway.call("GET", LIST, undefined, token)).body.data).toHaveLength(20);
  });

  it("is not made for an endpoint that is not there", async () => {
    const token = await organizationToken("org_2SSSSSSSSSSSSSSSSSSSSSSSSSS");
    const before = gateway.rows();
    const put = (name: string) => gateway.call("PUT", `${LIST}/${name}`, { url: URL_IN }, token);
    expect(code(await put("ep_2SSSSSSSSSSSSSSSSSSSSSSSSSS"))).toEqual([404, "not_found"]);
    expect(gateway.rows()).toBe(before);
    expect((await put("mine")).status).toBe(201);
    expect((await put("mine")).status).toBe(200);
  });

  it("is not to be found among the customers", async () => {
    const { body } = await post({});
    const own = await gateway.store.applications.findOperational("org_23rb8YdGqMT0qIzpgGwdXfHirMu");
    if (own === undefined) return expect.unreachable();
    const listed = await gateway.call("GET", "/app?limit=250");
    expect(JSON.stringify(listed.body)).not.toContain(own.id);
    const path = `/app/${own.id}`;
    for (const answer of [
      await gateway.call("GET", path),
      await gateway.call("PATCH", path, { name: "Seized" }),
      await gateway.call("PUT", path, { name: "Seized" }),
      await gateway.call("DELETE", path),
      await gateway.call("GET", `${path}/endpoint`),
      await gateway.call("GET", `${path}/endpoint/${body.id}`),
      await gateway.call("GET", `${path}/msg`),
      await gateway.call("POST", `${path}/msg`, { eventType: "a", payload: {} }),
    ]) {
      expect(code(answer)).toEqual([404, "not_found"]);
    }
    expect((await gateway.call("GET", `${LIST}/${body.id}`)).status).toBe(200);
  });
});
