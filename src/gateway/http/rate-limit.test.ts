import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const RATE = 6;
const BURST = 4;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ rateLimit: { requestsPerSecond: RATE, burst: BURST } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

let organizations = 0;
function freshToken(): Promise<string> {
  return organizationToken(`org_${String(organizations++).padStart(27, "r")}`);
}

async function ask(authorization: string, path = "/app", init: RequestInit = {}) {
  const response = await fetch(`${gateway.url}/api/v1${path}`, {
    ...init,
    headers: { authorization },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const ASKED = 40;
/** They may come in two of the limiter's seconds, where the machine is slow. */
const LET_MAX = 2 * RATE + BURST;

async function exhaust(spellings: readonly string[]) {
  const asked = Array.from({ length: ASKED }, async (_, i) =>
    ask(spellings[i % spellings.length] ?? ""),
  );
  const answers = await Promise.all(asked);
  return {
    let: answers.filter(({ status }) => status === 200),
    refused: answers.filter(({ status }) => status === 429),
  };
}

it("a token that asks too much is refused, told how long to wait, and then let again", async () => {
  const token = await freshToken();
  const answers = await exhaust([`Bearer ${token}`]);
  expect(answers.let.length).toBeGreaterThanOrEqual(RATE + BURST);
  expect(answers.let.length).toBeLessThanOrEqual(LET_MAX);
  expect(answers.let.length + answers.refused.length).toBe(ASKED);
  const [refused] = answers.refused;
  expect(JSON.parse(refused?.text ?? "")).toEqual({
    code: "rate_limited",
    detail: expect.stringContaining(`${RATE} requests per second`),
  });
  const waitSeconds = Number(refused?.headers.get("retry-after"));
  expect(waitSeconds).toBe(1);
  await sleep(waitSeconds * 1_000);
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
});

it("one token does not use up what another may, and is one however its header is spelled", async () => {
  const [token, other] = [await freshToken(), await freshToken()];
  const answers = await exhaust([`Bearer ${token}`, `bearer   ${token} `, `BEARER ${token}`]);
  expect(answers.let.length).toBeLessThanOrEqual(LET_MAX);
  expect((await ask(`Bearer ${other}`)).status).toBe(200);
});

it("one token is one however its signature is spelled", async () => {
  const token = await freshToken();
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // The last two bits of the last character mean nothing.
  const first = alphabet.indexOf(token.at(-1) ?? "") & ~3;
  const spellings = [0, 1, 2, 3].map((bits) => token.slice(0, -1) + alphabet.charAt(first + bits));
  expect(spellings).toContain(token);
  for (const spelling of spellings) expect((await ask(`Bearer ${spelling}`)).status).toBe(200);
  const answers = await exhaust(spellings.map((spelling) => `Bearer ${spelling}`));
  expect(answers.let.length).toBeLessThanOrEqual(LET_MAX);
});

it("a key is counted by itself, and is one in both its texts while it is being rotated", async () => {
  const makeKey = async () => (await gateway.call("POST", "/api-key", { name: "One" })).body;
  await sleep(1_000);
  const [one, other] = [await makeKey(), await makeKey()];
  const rotated = (await gateway.call("POST", `/api-key/${one.id}/rotate`)).body;
  expect(rotated.key).not.toBe(one.key);
  for (const text of [one.key, rotated.key]) expect((await ask(`Bearer ${text}`)).status).toBe(200);
  const answers = await exhaust([`Bearer ${one.key}`, `Bearer ${rotated.key}`]);
  expect(answers.let.length).toBeLessThanOrEqual(LET_MAX);
  expect((await ask(`Bearer ${other.key}`)).status).toBe(200);
});

it("says with each answer what is left", async () => {
  const token = await freshToken();
  await ask(`Bearer ${token}`);
  const { headers } = await ask(`Bearer ${token}`);
  expect(headers.get("ratelimit-limit")).toBe(String(RATE));
  expect(headers.get("ratelimit-remaining")).toBe(String(RATE - 2));
  expect(headers.get("ratelimit-reset")).toBe("1");
});

it("refuses before it reads a body", async () => {
  const authorization = `Bearer ${await freshToken()}`;
  const body = "{".repeat(3 * 1024 * 1024);
  await expect
    .poll(async () => {
      await exhaust([authorization]);
      return (await ask(authorization, "/app", { method: "POST", body })).status;
    })
    .toBe(429);
});

it("does not count what needs no token, nor whoever has none", async () => {
  const token = await freshToken();
  const { url } = gateway;
  for (let i = 0; i < RATE + BURST + 5; i++) {
    expect((await ask(`Bearer ${token}`, "/health")).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await ask("Bearer nonsense")).status).toBe(401);
  }
});

it("there is no limit unless one is set", async () => {
  await using unlimited = await startTestGateway();
  const asked = Array.from({ length: 40 }, async () => unlimited.call("GET", "/app"));
  const answers = await Promise.all(asked);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers[0]?.headers.get("ratelimit-limit")).toBeNull();
});
