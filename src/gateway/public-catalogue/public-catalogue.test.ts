import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

/** So that it uses up little of what one address may ask for in a second. */
const SELDOM = { interval: 200 };
const PER_SECOND = 30;
const EVIL = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

let gateway: TestGateway;
let organizations = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function organization(eventTypes: readonly object[], publicCatalogue = true) {
  const id = `org_shows_${organizations++}`;
  const token = await organizationToken(id);
  const call = (method: string, path: string, body?: unknown) =>
    gateway.call(method, path, body, token);
  await call("PATCH", "/organization/settings", { publicCatalogue });
  for (const one of eventTypes) {
    const { status } = await call("POST", "/event-type", { description: "", ...one });
    expect(status).toBe(201);
  }
  const get = async (ending = "", headers: Readonly<Record<string, string>> = {}) => {
    for (;;) {
      const answer = await fetch(`${gateway.url}/catalog/${id}${ending}`, { headers });
      const text = await answer.text();
      // All these tests ask from one address.
      if (answer.status !== 429) return { status: answer.status, headers: answer.headers, text };
      await sleep(Number(answer.headers.get("retry-after")) * 1_000);
    }
  };
  return { call, get };
}

describe("the public catalogue", () => {
  it("is not found unless the organization has switched it on", async () => {
    const { call, get } = await organization([{ name: "a" }], false);
    for (const ending of ["", ".json"]) expect((await get(ending)).status).toBe(404);
    await call("PATCH", "/organization/settings", { publicCatalogue: true });
    await expect.poll(async () => (await get()).status, SELDOM).toBe(200);
    await call("PATCH", "/organization/settings", { publicCatalogue: false });
    await expect.poll(async () => (await get()).status, SELDOM).toBe(404);
    for (const name of ["acme", "org_", "org_nobody", "org_a%00"]) {
      expect((await fetch(`${gateway.url}/catalog/${name}`)).status).toBe(404);
    }
  });

  it("shows groups, schemas as trees, examples, and what is deprecated", async () => {
    const schemas = {
      1: { properties: { old: {} } },
      2: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string", description: "Its id" },
          items: { type: "array", items: { $ref: "#/$defs/item" } },
        },
        $defs: { item: { type: "object", properties: { price: { type: "number", minimum: 0 } } } },
        examples: [{ id: "example-1" }],
      },
    };
    const { get } = await organization([
      { name: "order.paid", groupName: "orders", schemas, description: "Paid" },
      { name: "order.old", deprecated: true },
    ]);
    const { text, headers } = await get();
    expect(headers.get("content-type")).toMatch(/^text\/html/);
    for (const shown of ["<h2>orders</h2>", "version 2", "Its id", "price", "at least 0"]) {
      expect(text).toContain(shown);
    }
    expect(text).toMatch(/<code>id<\/code>\s*<small>string, required/);
    expect(text).toContain("&quot;example-1&quot;");
    expect(text.match(/class="mark"/g)).toHaveLength(1);
    expect(text).not.toContain("<code>old</code>");
  });

  it("shows neither what is archived nor what is behind a flag", async () => {
    const { get } = await organization([
      { name: "seen" },
      { name: "flagged", featureFlags: ["beta"] },
      { name: "gone", archived: true },
    ]);
    const { eventTypes } = JSON.parse((await get(".json")).text);
    expect(eventTypes).toEqual([
      { name: "seen", description: "", groupName: null, deprecated: false, schemas: null },
    ]);
    expect((await get()).text).not.toMatch(/flagged|gone/);
  });

  it("is JSON for whoever accepts that rather, and may be kept for a minute", async () => {
    const { get } = await organization([{ name: "a" }]);
    const json = await get("", { accept: "application/json" });
    expect(JSON.parse(json.text).eventTypes).toHaveLength(1);
    expect(json.headers.get("vary")).toMatch(/accept/i);
    expect(json.headers.get("cache-control")).toBe("public, max-age=60");
    const etag = json.headers.get("etag") ?? "";
    const again = await get(".json", { "if-none-match": etag, "cache-control": "max-age=0" });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it("can be searched without scripts", async () => {
    const { get } = await organization([{ name: "order.paid" }, { name: "user.left" }]);
    const { text } = await get("?q=ORDER");
    expect(text).toContain("event-order.paid");
    expect(text).not.toContain("event-user.left");
    expect((await get("?q[a]=b")).text).toContain("event-user.left");
  });

  it("shows whatever is written in it as text", async () => {
    const evil = { description: EVIL, type: EVIL, enum: [EVIL], format: EVIL };
    const schema = {
      title: EVIL,
      description: EVIL,
      required: [EVIL],
      properties: { [EVIL]: { ...evil, type: "string", pattern: EVIL, const: EVIL } },
      examples: [{ [EVIL]: EVIL }],
    };
    const { call, get } = await organization([
      { name: "a", description: EVIL, schemas: { [EVIL]: schema } },
    ]);
    await call("POST", "/environment/import", { settings: { displayName: EVIL } });
    const { text, headers } = await get(`?q=${encodeURIComponent("<script>")}`);
    expect(text).toContain("&lt;script&gt;alert(1)");
    expect(text).not.toMatch(/<script|<img/);
    expect(text).not.toMatch(/"'>/);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("shows a schema that goes round in circles, or is strange, as far as it can", async () => {
    const circle = { properties: { a: { $ref: "#" }, b: { $ref: "#" }, c: { $ref: "#/nowhere" } } };
    const { get } = await organization([
      { name: "circle", schemas: { 1: circle } },
      { name: "strange", schemas: { 1: { properties: { __proto__: 1, x: true }, enum: [] } } },
    ]);
    const { status, text } = await get();
    expect(status).toBe(200);
    expect(text.length).toBeLessThan(300_000);
  });

  it("is read by one address so many times a second, whatever organization it names", async () => {
    const { get } = await organization([{ name: "a" }]);
    const beganAtMs = performance.now();
    const answers: Response[] = [];
    const refused = () => answers.filter(({ status }) => status === 429);
    // Where the machine stands still, seconds pass, and more are answered.
    while (refused().length === 0) {
      const names = Array.from({ length: 60 }, (_, i) => `org_nobody_${answers.length + i}`);
      const asked = names.map((name) => fetch(`${gateway.url}/catalog/${name}`));
      answers.push(...(await Promise.all(asked)));
    }
    const seconds = Math.floor((performance.now() - beganAtMs) / 1_000) + 2;
    expect(answers.length - refused().length).toBeLessThanOrEqual(seconds * PER_SECOND);
    expect(refused()[0]?.headers.get("retry-after")).toBe("1");
    expect((await get()).status).toBe(200);
  });
});
