import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { Svix } from "svix";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CALL_LOST_MS } from "../../store/catalogue-idempotency.ts";
import { IDEMPOTENT_MS } from "../../store/store.ts";
import {
  applicationToken,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";
import { createOnce } from "./idempotency.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

async function post(path: string, key: string, body: unknown, token = gateway.token) {
  const response = await fetch(`${gateway.url}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "idempotency-key": key },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isRepeated = response.headers.get("idempotent-replayed") === "true";
  return { status: response.status, text, body: JSON.parse(text), isRepeated };
}

async function applicationsNamed(name: string): Promise<number> {
  const { data } = await gateway.svix.application.list({ limit: 250 });
  return data.filter((one) => one.name === name).length;
}

describe("a POST with an Idempotency-Key", () => {
  it("is done once when twenty come at once, and all are given the same answer", async () => {
    const twins = Array.from({ length: 20 }, () => post("/app", "twenty", { name: "Twenty" }));
    const answers = await Promise.all(twins);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(await applicationsNamed("Twenty")).toBe(1);
  });

  it("answers again what it answered, also to another body", async () => {
    const first = await post("/app", "again", { name: "First" });
    const second = await post("/app", "again", { name: "Second" });
    expect(second).toEqual({ ...first, isRepeated: true });
    expect(await applicationsNamed("Second")).toBe(0);
  });

  it("answers again where there is no body", async () => {
    const { id } = await gateway.svix.application.create({ name: "Bodiless" });
    const endpoint = await gateway.svix.endpoint.create(id, { url: "https://a.example" });
    const at = `${gateway.url}/api/v1/app/${id}/endpoint/${endpoint.id}/secret/rotate`;
    const rotate = () =>
      fetch(at, {
        method: "POST",
        headers: { authorization: `Bearer ${gateway.token}`, "idempotency-key": "rotate" },
      });
    expect((await rotate()).status).toBe(204);
    const { key } = await gateway.svix.endpoint.getSecret(id, endpoint.id);
    expect((await rotate()).status).toBe(204);
    expect(await gateway.svix.endpoint.getSecret(id, endpoint.id)).toEqual({ key });
  });

  it("sends one message, and answers with its payload as it came", async () => {
    const { id } = await gateway.svix.application.create({ name: "Messages" });
    const at = `/app/${id}/msg?with_content=true`;
    const body = { eventType: "a.b", payload: { n: 1 } };
    const twins = Array.from({ length: 10 }, () => post(at, "one message", body));
    const answers = await Promise.all(twins);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect((await gateway.svix.message.list(id)).data).toHaveLength(1);
  });

  it("is another call to another organization, token of an application, or path", async () => {
    const body = { url: "https://a.example", name: "Separate" };
    const app = await post("/app", "separate", body);
    const other = await organizationToken(`org_${"c".repeat(27)}`);
    const theirs = await post("/app", "separate", body, other);
    const endpoint = await post(`/app/${app.body.id}/endpoint`, "separate", body);
    const token = await applicationToken(app.body.id);
    const customers = await post(`/app/${app.body.id}/endpoint`, "separate", body, token);
    const withQuery = await post("/app?get_if_exists=false", "separate", body);
    const ids = [app, theirs, endpoint, customers, withQuery].map((one) => one.body.id);
    expect(new Set(ids).size).toBe(5);
  });

  it("is done anew after a refusal, which is not kept", async () => {
    const holder = await gateway.svix.application.create({ name: "Holder", uid: "wanted" });
    const body = { name: "Heir", uid: "wanted" };
    expect((await post("/app", "refused", { name: "" })).status).toBe(422);
    expect((await post("/app", "refused", body)).status).toBe(409);
    await gateway.svix.application.delete(holder.id);
    expect(await post("/app", "refused", body)).toMatchObject({ status: 201, isRepeated: false });
    expect(await post("/app", "refused", body)).toMatchObject({ status: 201, isRepeated: true });
  });

  it("is not answered to whoever lost the right to ask", async () => {
    const app = await post("/app", "rights", { name: "Rights" });
    const token = await applicationToken(app.body.id);
    expect((await post("/app", "rights", { name: "Rights" }, token)).status).toBe(403);
    expect((await post("/app", "rights", { name: "Rights" }, "nonsense")).status).toBe(401);
  });

  it.each([
    ["nothing", "", 400],
    ["256 characters", "k".repeat(256), 201],
    ["257 characters", "k".repeat(257), 400],
    ["quotes, as the draft of a standard has it", '"a b"', 201],
    ["what is not ASCII", "ké", 400],
  ])("takes a key of %s for what it is", async (_what, key, status) => {
    const answer = await post("/app", key, { name: "Keys" });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body.code).toBe("invalid_idempotency_key");
  });

  it("is what the stock client sends, whose calls are told apart", async () => {
    const svix = new Svix(gateway.token, { serverUrl: gateway.url });
    const one = await svix.application.create({ name: "Svix" });
    const two = await svix.application.create({ name: "Svix" });
    expect(one.id).not.toBe(two.id);
    const options = { idempotencyKey: "mine" };
    const three = await svix.application.create({ name: "Svix" }, options);
    expect(await svix.application.create({ name: "Svix" }, options)).toEqual(three);
  });
});

it("other methods know no Idempotency-Key: they are the same however often they are asked", async () => {
  const headers = { authorization: `Bearer ${gateway.token}`, "idempotency-key": "é".repeat(300) };
  expect((await fetch(`${gateway.url}/api/v1/app`, { headers })).status).toBe(200);
});

describe("what is done once", () => {
  const once = (key: string, act: () => Promise<{ status: number; body: string | null }>) =>
    createOnce(gateway.store.idempotentCalls, pino({ level: "silent" }))(key, act);
  const answer = (body: string) => Promise.resolve({ status: 200, body });

  /** The first, which has begun and does not end before `first` is settled, and a twin, which waits. */
  async function beginTwins(key: string) {
    const first = Promise.withResolvers<{ status: number; body: string }>();
    const begun = Promise.withResolvers<void>();
    const firstOnce = once(key, () => (begun.resolve(), first.promise));
    await begun.promise;
    const twin = { once: once(key, () => answer("twin")), isAnswered: false };
    void twin.once.finally(() => (twin.isAnswered = true));
    await sleep(100);
    expect(twin.isAnswered).toBe(false);
    return { first, firstOnce, twin: twin.once };
  }

  it("is answered to a twin when it is done, however long that takes", async () => {
    const { first, firstOnce, twin } = await beginTwins("slow");
    first.resolve({ status: 200, body: "first" });
    expect(await twin).toEqual({ ...(await firstOnce), body: "first", isRepeated: true });
  });

  it("is done by the twin where the first fails", async () => {
    const { first, firstOnce, twin } = await beginTwins("fails");
    first.reject(new Error("broken"));
    await expect(firstOnce).rejects.toThrow("broken");
    expect(await twin).toEqual({ status: 200, body: "twin", isRepeated: false });
  });

  it("is done by the twin where the first came to nothing but a refusal", async () => {
    const { first, firstOnce, twin } = await beginTwins("none");
    first.resolve({ status: 500, body: "no" });
    expect(await firstOnce).toMatchObject({ status: 500 });
    expect(await twin).toMatchObject({ body: "twin", isRepeated: false });
  });

  it("is done by the next where the first has died with its process", async () => {
    const lostAtMs = Date.now() + 300;
    await gateway.store.idempotentCalls.begin("died", lostAtMs - CALL_LOST_MS);
    expect(await once("died", () => answer("next"))).toMatchObject({ body: "next" });
    expect(Date.now()).toBeGreaterThanOrEqual(lostAtMs);
  });

  it("is done again after twelve hours, and not before", async () => {
    await once("old", () => answer("first"));
    const keptAtMs = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: keptAtMs + IDEMPOTENT_MS - 60_000 });
    expect(await once("old", () => answer("second"))).toMatchObject({ body: "first" });
    vi.setSystemTime(keptAtMs + IDEMPOTENT_MS);
    expect(await once("old", () => answer("third"))).toMatchObject({ body: "third" });
  });

  it("is answered as done, and logged, where its answer cannot be kept", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
    const calls = gateway.store.idempotentCalls;
    const failing = { ...calls, finish: () => Promise.reject(new Error("disk full")) };
    const done = await createOnce(failing, logger)("unkept", () => answer("done"));
    expect(done).toEqual({ status: 200, body: "done", isRepeated: false });
    expect(lines.join("")).toContain("disk full");
  });
});
