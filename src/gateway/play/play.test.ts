import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSecret, shownSecret } from "../../signing/secret.ts";
import { signatureHeaders } from "../../signing/sign.ts";
import { openEvents } from "../testing/test-events.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const WEEK_MS = 7 * 86_400_000;

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  applicationId = (await gateway.svix.application.create({ name: "App", uid: "app" })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

// oxlint-disable-next-line typescript/no-explicit-any -- tests look inside
async function createPlay(body: object = {}): Promise<any> {
  const answer = await gateway.call("POST", "/play", body);
  expect(answer.status).toBe(201);
  return answer.body;
}

async function requestsOf(id: string) {
  const { body } = await gateway.call("GET", `/play/${id}/request`, undefined, "");
  return body.data;
}

describe("a request bin", () => {
  it("is given to whoever may manage endpoints, for a week", async () => {
    const token = await applicationToken(applicationId, { capabilities: ["ManageEndpoint"] });
    const { status, body } = await gateway.call("POST", "/play", {}, token);
    expect(status).toBe(201);
    expect(body.id).toMatch(/^play_\w{27}$/);
    expect(body.url).toBe(`${gateway.url}/play/in/${body.id}`);
    expect(Math.abs(Date.parse(body.expiresAt) - Date.now() - WEEK_MS)).toBeLessThan(60_000);
    const looks = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await gateway.call("POST", "/play", {}, looks)).status).toBe(403);
    expect((await gateway.call("POST", "/play", {}, "")).status).toBe(401);
  });

  it("keeps what is sent to it, by whatever method and at whatever path", async () => {
    const { id, url } = await createPlay();
    const headers = { "x-mine": "Yes", "x-forwarded-for": "203.0.113.7" };
    const posted = await fetch(url, { method: "POST", headers, body: '{"a":1}' });
    expect([posted.status, await posted.text()]).toEqual([200, '{"received":true}']);
    await fetch(`${url}/deep/er?q=1`, { method: "DELETE" });
    await fetch(url, { method: "PUT", body: Buffer.from([0xff, 0x00]) });
    const [put, deleted, post] = await requestsOf(id);
    expect(put).toMatchObject({ method: "PUT", isBase64: true, body: "/wA=", bodyBytes: 2 });
    expect(deleted).toMatchObject({ method: "DELETE", path: "/deep/er?q=1", body: "" });
    expect(post).toMatchObject({ path: "/", body: '{"a":1}', signature: "unchecked" });
    expect(post.headers).toContainEqual(["x-mine", "Yes"]);
    expect(JSON.stringify(post.headers)).not.toContain("203.0.113.7");
  });

  it("answers as it is told to, and never as a page of ours", async () => {
    const answer = {
      status: 503,
      body: "<script>1</script>",
      contentType: "text/html",
      delayMs: 200,
    };
    const { id, url } = await createPlay({ answer });
    const beganMs = performance.now();
    const got = await fetch(url);
    expect(performance.now() - beganMs).toBeGreaterThan(190);
    expect([got.status, await got.text()]).toEqual([503, "<script>1</script>"]);
    expect(got.headers.get("content-type")).toBe("text/html");
    expect(got.headers.get("content-security-policy")).toContain("sandbox");
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");

    const change = { answer: { status: 204, delayMs: 0 } };
    const { body } = await gateway.call("PATCH", `/play/${id}`, change, "");
    expect(body.answer).toEqual({ ...answer, ...change.answer });
    expect((await fetch(url, { method: "POST" })).status).toBe(204);
    expect(await requestsOf(id)).toMatchObject([
      { method: "POST", answer: { status: 204, delayMs: 0 } },
      { method: "GET", answer: { status: 503, delayMs: 200 } },
    ]);
  });

  it("checks signatures with a secret, which it does not show", async () => {
    const secret = generateSecret("hmac256");
    const { id, url, ...shown } = await createPlay({ secret });
    expect(shown.checksSignatures).toBe(true);
    const send = async (ageS: number, signedWith = secret) => {
      const body = Buffer.from("{}");
      const timestampS = Math.floor(Date.now() / 1_000) - ageS;
      const signing = { messageId: "msg_1", timestampS, secrets: [signedWith] } as const;
      const headers = signatureHeaders({ ...signing, body, headerSet: "webhook" });
      await fetch(url, { method: "POST", headers, body });
    };
    await send(0);
    await send(600);
    await send(0, generateSecret("hmac256"));
    await fetch(url);
    const found = await requestsOf(id);
    const signatures = found.map(({ signature }: { signature: string }) => signature);
    expect(signatures).toEqual(["none", "wrong", "stale", "verified"]);
    expect(JSON.stringify(await gateway.call("GET", `/play/${id}`, undefined, ""))).not.toContain(
      secret,
    );
    expect(gateway.rows()).not.toContain(secret);

    const pair = generateSecret("ed25519");
    await gateway.call("PATCH", `/play/${id}`, { secret: shownSecret(pair) }, "");
    await send(0, pair);
    expect((await requestsOf(id))[0].signature).toBe("verified");
    const { body } = await gateway.call("PATCH", `/play/${id}`, { secret: null }, "");
    expect(body.checksSignatures).toBe(false);
  });

  it("keeps the last hundred, listed page by page", async () => {
    const { id, url } = await createPlay();
    for (let i = 0; i < 103; i++) {
      const { status } = await fetch(url, { method: "POST", body: String(i) });
      if (status === 429) i -= 1;
    }
    const first = await gateway.call("GET", `/play/${id}/request?limit=60`, undefined, "");
    const path = `/play/${id}/request?limit=60&iterator=${first.body.iterator}`;
    const rest = await gateway.call("GET", path, undefined, "");
    expect([first.body.done, rest.body.done, rest.body.data.length]).toEqual([false, true, 40]);
    expect([first.body.data[0].body, rest.body.data.at(-1).body]).toEqual(["102", "3"]);
  });

  it("keeps no body above its limit, and two MiB in all", async () => {
    const { id, url } = await createPlay();
    const mebibyte = 1024 * 1024;
    const large = await fetch(url, { method: "POST", body: Buffer.alloc(mebibyte + 1) });
    expect(large.status).toBe(413);
    for (const letter of ["a", "b", "c"]) {
      await fetch(url, { method: "POST", body: letter.repeat(mebibyte) });
    }
    const found = await requestsOf(id);
    expect(found.map(({ body }: { body: string }) => body[0])).toEqual(["c", "b"]);
  });

  it("is cleared, and deleted with all that it has", async () => {
    const { id, url } = await createPlay();
    await fetch(url);
    expect((await gateway.call("DELETE", `/play/${id}/request`, undefined, "")).status).toBe(204);
    expect(await requestsOf(id)).toEqual([]);
    await fetch(url);
    expect((await gateway.call("DELETE", `/play/${id}`, undefined, "")).status).toBe(204);
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/request"],
      ["GET", "/live"],
    ] as const) {
      expect((await gateway.call(method, `/play/${id}${path}`, undefined, "")).status).toBe(404);
    }
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${gateway.url}/play/in/none`, { method: "POST" })).status).toBe(404);
    expect(gateway.rows()).not.toContain(id);
  });

  it("tells who watches it of what comes", async () => {
    const { id, url } = await createPlay();
    await using live = await openEvents(`${gateway.url}/api/v1/play/${id}/live`, "");
    await live.next("ready");
    await fetch(url);
    const { requestId } = await live.next("change");
    expect((await requestsOf(id))[0].id).toBe(requestId);
    await gateway.call("DELETE", `/play/${id}/request`, undefined, "");
    expect(await live.next("change")).toEqual({});
  });

  it.each([
    [{ answer: { status: 99 } }],
    [{ answer: { status: 600 } }],
    [{ answer: { delayMs: 20_001 } }],
    [{ answer: { contentType: "text/html\r\nx: y" } }],
    [{ answer: { contentType: "text/javascript" } }],
    [{ answer: { contentType: "application/x-JavaScript; charset=utf-8" } }],
    [{ answer: { contentType: "text/css" } }],
    [{ secret: "whsec_not base64" }],
  ])("refuses %j", async (body) => {
    expect((await gateway.call("POST", "/play", body)).status).toBe(422);
  });

  it("is refused where there are as many of the application as may be", async () => {
    const other = await gateway.svix.application.create({ name: "Other" });
    const token = await applicationToken(other.id);
    for (let i = 0; i < 10; i++) {
      expect((await gateway.call("POST", "/play", {}, token)).status).toBe(201);
    }
    const { status, body } = await gateway.call("POST", "/play", {}, token);
    expect([status, body.code]).toEqual([409, "limit_reached"]);
    expect((await gateway.call("POST", "/play", {})).status).toBe(201);
  });

  it("takes so many requests a second, and says when there are more", async () => {
    const { url } = await createPlay();
    let refused: Response | undefined;
    // Where the machine stands still, seconds pass, and all are taken.
    while (refused === undefined) {
      const answers = await Promise.all(Array.from({ length: 120 }, () => fetch(url)));
      refused = answers.find(({ status }) => status === 429);
    }
    expect(refused.headers.get("retry-after")).toBe("1");
  });
});
