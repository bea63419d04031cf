import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PLAIN_FORMAT } from "../../domain/request-format.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const PLAIN = { ...PLAIN_FORMAT };
const SECRET = "a secret that was chosen";
const FULL = {
  body: "event-data",
  hexSignature: { header: "X-Kiosk-Signature", secret: SECRET },
  authToken: "open-sesame!",
  bodyToken: { path: "meta.auth.token", token: "grün wie Gras" },
  checksum: true,
};
const FULL_MASKED = {
  body: "event-data",
  hexSignature: { header: "x-kiosk-signature", secret: "••••osen" },
  authToken: "••••ame!",
  bodyToken: { path: "meta.auth.token", token: "••••Gras" },
  checksum: true,
};

let gateway: TestGateway;
let applicationId: string;
let endpointId: string;
let path: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  applicationId = (await gateway.svix.application.create({ name: "App", uid: "app" })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  const endpoint = await gateway.svix.endpoint.create("app", { url: "https://a.example/" });
  endpointId = endpoint.id;
  path = `/app/app/endpoint/${endpointId}/request-format`;
});

async function put(body: object) {
  const { status, body: answer } = await gateway.call("PUT", path, body);
  return { status, answer };
}

async function patch(body: object) {
  const { status, body: answer } = await gateway.call("PATCH", path, body);
  return { status, answer };
}

describe("an endpoint's request format", () => {
  it("is plain at first, is set as a whole, and shows no secret", async () => {
    expect((await gateway.call("GET", path)).body).toEqual(PLAIN);
    expect(await put(FULL)).toEqual({ status: 200, answer: FULL_MASKED });
    const read = await gateway.call("GET", path);
    expect(read.body).toEqual(FULL_MASKED);
    for (const hidden of [SECRET, "open-sesame", "grün"]) expect(read.text).not.toContain(hidden);
    const kept = await gateway.store.requestFormats.find(endpointId);
    const hexSignature = { header: "x-kiosk-signature", secret: SECRET };
    expect(kept).toEqual({ ...FULL, hexSignature });
    expect(await put({})).toEqual({ status: 200, answer: PLAIN });
  });

  it("is taken away", async () => {
    await put(FULL);
    expect((await gateway.call("DELETE", path)).status).toBe(204);
    expect((await gateway.call("GET", path)).body).toEqual(PLAIN);
  });

  it("changes in parts: what is left out stays, secrets too, and null takes away", async () => {
    await put(FULL);
    const { answer } = await patch({ hexSignature: { header: "x-other" }, authToken: null });
    const hexSignature = { ...FULL_MASKED.hexSignature, header: "x-other" };
    expect(answer).toEqual({ ...FULL_MASKED, hexSignature, authToken: null });
    await patch({ bodyToken: { path: "token" }, hexSignature: { secret: "another secret" } });
    expect(await gateway.store.requestFormats.find(endpointId)).toEqual({
      ...FULL,
      authToken: null,
      hexSignature: { header: "x-other", secret: "another secret" },
      bodyToken: { path: "token", token: "grün wie Gras" },
    });
    const rest = { body: "payload", hexSignature: null, bodyToken: null, checksum: false };
    expect((await patch(rest)).answer).toEqual(PLAIN);
  });

  it("signs in the installation's header unless it names one", async () => {
    const { answer } = await patch({ hexSignature: { secret: "12345678" } });
    expect(answer.hexSignature).toEqual({ header: "x-runa-signature", secret: "••••" });
    await using other = await startTestGateway({}, { hexSignatureHeader: "x-acme" });
    await other.svix.application.create({ name: "App", uid: "app" });
    const { id } = await other.svix.endpoint.create("app", { url: "https://a.example/" });
    const otherPath = `/app/app/endpoint/${id}/request-format`;
    const body = { hexSignature: { secret: SECRET } };
    const set = await other.call("PUT", otherPath, body);
    expect(set.body.hexSignature.header).toBe("x-acme");
  });

  it("comes with the attempts that are made from then on", async () => {
    await put({ checksum: true });
    const { id: messageId } = await gateway.svix.message.create("app", {
      eventType: "a.b",
      payload: {},
    });
    const lease = { holder: "test", nowMs: Date.now(), untilMs: Date.now() + 1_000 };
    const [result] = await gateway.store.claim(
      [{ messageId, endpointId, attemptNumber: 1 }],
      lease,
    );
    const requestFormat = { ...PLAIN, checksum: true };
    expect(result).toMatchObject({ kind: "claimed", attempt: { requestFormat } });
  });
});

describe("a request format", () => {
  it.each([
    [{ body: "xml" }, "body"],
    [{ hexSignature: {} }, "hexSignature.secret"],
    [{ hexSignature: { secret: "1234567" } }, "hexSignature.secret"],
    [{ hexSignature: { secret: "x".repeat(257) } }, "hexSignature.secret"],
    [{ hexSignature: { secret: "\ud800 is no text" } }, "hexSignature.secret"],
    [{ hexSignature: { secret: "••••osen" } }, "hexSignature.secret"],
    [{ hexSignature: { secret: SECRET, header: "" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "a b" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "Content-Type" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "Transfer-Encoding" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "svix-signature" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "Webhook-Signature" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "posthorn-mode" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "X-Auth-Token" } }, "hexSignature.header"],
    [{ hexSignature: { secret: SECRET, header: "x-checksum-sha256" } }, "hexSignature.header"],
    [{ authToken: "1234567" }, "authToken"],
    [{ authToken: "x".repeat(257) }, "authToken"],
    [{ authToken: "with a space" }, "authToken"],
    [{ authToken: "ungewöhnlich" }, "authToken"],
    [{ authToken: "new\r\nx-line: 1" }, "authToken"],
    [{ authToken: "••••ame!" }, "authToken"],
    [{ bodyToken: { token: SECRET } }, "bodyToken.path"],
    [{ bodyToken: { path: "token" } }, "bodyToken.token"],
    [{ bodyToken: { path: "token", token: "short" } }, "bodyToken.token"],
    [{ bodyToken: { path: "", token: SECRET } }, "bodyToken.path"],
    [{ bodyToken: { path: "a..b", token: SECRET } }, "bodyToken.path"],
    [{ bodyToken: { path: "a.__proto__", token: SECRET } }, "bodyToken.path"],
    [{ bodyToken: { path: "items.0", token: SECRET } }, "bodyToken.path"],
    [{ checksum: "yes" }, "checksum"],
  ])("is refused as %j, by the name of the field", async (body, field) => {
    for (const send of [put, patch]) {
      const before = gateway.rows();
      const { status, answer } = await send(body);
      expect(status).toBe(422);
      expect(answer.detail.map(({ loc }: { loc: string[] }) => loc.slice(1).join("."))).toEqual([
        field,
      ]);
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(gateway.rows()).toBe(before);
    }
  });

  it("names each field that is wrong", async () => {
    const { answer } = await put({ authToken: "short", checksum: 1, bodyToken: { path: "a b" } });
    expect(answer.detail).toHaveLength(4);
  });

  it("and the endpoint's own headers cannot have the same name, whichever is there first", async () => {
    const headers = `/app/app/endpoint/${endpointId}/headers`;
    await gateway.call("PUT", headers, { headers: { "X-Auth-Token": "old", "X-Mark": "1" } });
    const refused = await put({ authToken: "open-sesame!" });
    expect(refused).toMatchObject({
      status: 422,
      answer: { detail: [{ loc: ["body", "authToken"], msg: expect.stringContaining("own") }] },
    });
    expect((await put({ hexSignature: { secret: SECRET, header: "x-mark" } })).status).toBe(422);
    await gateway.call("PATCH", headers, { headers: { "x-auth-token": null } });
    expect((await put({ authToken: "open-sesame!", checksum: true })).status).toBe(200);

    for (const [method, given] of [
      ["PUT", { "X-Checksum-Sha256": "mine", "x-fine": "1" }],
      ["PATCH", { "x-auth-token": "mine", "x-fine": "1" }],
    ] as const) {
      const { status, body } = await gateway.call(method, headers, { headers: given });
      expect([status, body.detail.length]).toEqual([422, 1]);
      expect(body.detail[0].loc).toEqual(["body", "headers", Object.keys(given)[0]]);
    }
    for (const name of ["Posthorn-Mode", "posthorn-body-token"]) {
      const { status } = await gateway.call("PATCH", headers, { headers: { [name]: "live" } });
      expect([name, status]).toEqual([name, 422]);
    }
    const other = await gateway.call("PATCH", headers, { headers: { "x-fine": "1" } });
    expect(other.status).toBe(204);
    expect(await gateway.store.endpoints.headers(endpointId)).toEqual({
      "X-Mark": "1",
      "x-fine": "1",
    });
  });

  it("is seen by whoever sees the endpoint, and changed by whoever may manage it", async () => {
    await put(FULL);
    const viewer = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await gateway.call("GET", path, undefined, viewer)).body).toEqual(FULL_MASKED);
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const body = method === "DELETE" ? undefined : {};
      expect((await gateway.call(method, path, body, viewer)).status).toBe(403);
    }
    const manager = await applicationToken(applicationId, { capabilities: ["ManageEndpoint"] });
    expect((await gateway.call("PUT", path, {}, manager)).status).toBe(200);
    const nobody = "/app/app/endpoint/ep_nobody/request-format";
    expect((await gateway.call("GET", nobody)).status).toBe(404);
    expect((await gateway.call("PUT", nobody, {})).status).toBe(404);
  });
});
