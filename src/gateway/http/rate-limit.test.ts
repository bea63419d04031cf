import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const RATE = 6;
const BURST = 4;
/** For a timer that fires a little early. */
const TIMER_MS = 20;

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
const BURST_SECONDS = 10;

/** Asks until some are refused: where the machine stands still, seconds pass, and more are let. */
async function exhaust(spellings: readonly string[]) {
  const beganAtMs = performance.now();
  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted);
  while (withStatus(429).length === 0) {
    const asked = Array.from({ length: ASKED }, async (_, i) =>
      ask(spellings[i % spellings.length] ?? ""),
    );
    answers.push(...(await Promise.all(asked)));
  }
  // One second of the limiter had begun before, or ends later.
  const seconds = Math.floor((performance.now() - beganAtMs) / 1_000) + 2;
  const letMax = seconds * RATE + Math.ceil(seconds / BURST_SECONDS) * BURST;
  expect(withStatus(200).length).toBeLessThanOrEqual(letMax);
  expect(withStatus(200).length + withStatus(429).length).toBe(answers.length);
  return { let: withStatus(200), refused: withStatus(429) };
}

it("a token that asks too much is refused, told how long to wait, and then let again", async () => {
  const token = await freshToken();
  const answers = await exhaust([`Bearer ${token}`]);
  expect(answers.let.length).toBeGreaterThanOrEqual(RATE + BURST);
  const [refused] = answers.refused;
  expect(JSON.parse(refused?.text ?? "")).toEqual({
    code: "rate_limited",
    detail: expect.stringContaining(`${RATE} requests per second`),
  });
  const waitSeconds = Number(refused?.headers.get("retry-after"));
  expect(waitSeconds).toBe(1);
  await sleep(waitSeconds * 1_000 + TIMER_MS);
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
});

it("one token does not use up what another may, and is one however its header is spelled", async () => {
  const [token, other] = [await freshToken(), await freshToken()];
  await exhaust([`Bearer ${token}`, `bearer   ${token} `, `BEARER ${token}`]);
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
  await exhaust(spellings.map((spelling) => `Bearer ${spelling}`));
});

it("a key is counted by itself, and is one in both its texts while it is being rotated", async () => {
  const makeKey = async () => (await gateway.call("POST", "/api-key", { name: "One" })).body;
  const [one, other] = [await makeKey(), await makeKey()];
  const rotated = (await gateway.call("POST", `/api-key/${one.id}/rotate`)).body;
  expect(rotated.key).not.toBe(one.key);
  for (const text of [one.key, rotated.key]) expect((await ask(`Bearer ${text}`)).status).toBe(200);
  await exhaust([`Bearer ${one.key}`, `Bearer ${rotated.key}`]);
  expect((await ask(`Bearer ${other.key}`)).status).toBe(200);
});

it("says with each answer what is left", async () => {
  const askTwice = async () => {
    const token = await freshToken();
    await ask(`Bearer ${token}`);
    const { headers } = await ask(`Bearer ${token}`);
    return ["limit", "remaining", "reset"].map((name) => headers.get(`ratelimit-${name}`));
  };
  // Until both come in one second.
  await expect.poll(askTwice).toEqual([String(RATE), String(RATE - 2), "1"]);
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
