import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../app.ts";
import { servedPath } from "../route.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { openApiDocument } from "./openapi.ts";
import { answerExample } from "./reference-examples.ts";
import { referencePage } from "./reference-page.ts";

const table = routes({} as Parameters<typeof routes>[0]);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("the reference", () => {
  it.each([
    ["/api/v1/openapi.json", "application/json"],
    ["/docs", "text/html"],
  ])("serves %s to anyone, and not again to who has it", async (path, type) => {
    const answer = await fetch(gateway.url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    const etag = answer.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{20,}"$/);

    const headers = { "if-none-match": etag, "cache-control": "max-age=0" };
    const again = await fetch(gateway.url + path, { headers });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const other = { ...headers, "if-none-match": '"other"' };
    expect((await fetch(gateway.url + path, { headers: other })).status).toBe(200);
  });

  it("is where the root leads", async () => {
    const answer = await fetch(`${gateway.url}/`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([307, "/docs"]);
  });

  it("shows each operation, with its path, and with an example for a shell", async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    for (const route of table) {
      expect(page).toContain(`id="${route.operationId}"`);
      expect(page).toContain(`<code>${servedPath(route)}</code>`);
    }
    expect(page.split("curl").length - 1).toBe(table.length);
  });

  it("shows what each operation answers to curl, as its own schema takes it, and no more", () => {
    const { paths } = openApiDocument(table);
    const shown = table.flatMap((route) => {
      const { method, answers, operationId } = route;
      const operation = paths[servedPath(route)]?.[method];
      if (operation === undefined) expect.unreachable(operationId);
      const example = answerExample(operation);
      const hasBody = Object.values(answers).every((schema) => schema !== null);
      expect(example !== undefined, operationId).toBe(hasBody);
      if (example === undefined) return [];
      const schema = answers[Number(example.status)] ?? expect.unreachable(operationId);
      expect(schema.parse(example.body), operationId).toEqual(example.body);
      return [operationId];
    });
    expect(shown).toContain("v1.message.create");
    expect(shown.length).toBeGreaterThan(20);
  });

  it("starts with messages, and with how one is sent; what is deprecated stands last, and says so", async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    const sections = [...page.matchAll(/<section class="operation" id="([^"]+)"/g)];
    const ids = sections.map(([, id = ""]) => id);
    expect(ids.slice(0, 3)).toEqual(["v1.message.create", "v1.message.list", "v1.message.get"]);
    expect(ids.filter((id) => /^(patch_|v1\.)application/.test(id))).toEqual([
      "v1.application.create",
      "v1.application.list",
      "v1.application.get",
      "v1.application.update",
      "patch_application",
      "v1.application.delete",
      "v1.application.stats.attempts",
      "v1.application.stats.endpoints",
      "v1.application.stats.failing-endpoints",
      "v1.application.live",
    ]);
    expect(ids.filter((id) => id.startsWith("v1.authentication.")).at(-1)).toBe(
      "v1.authentication.dashboard-access",
    );
    expect(ids.at(-1)).toBe("v1.health.ping");
    const deprecated = table.filter(({ isDeprecated }) => isDeprecated);
    expect(page.split("<i>deprecated</i>").length - 1).toBe(deprecated.length);
  });

  it("says once what any operation may refuse, and at each what only it does", async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    const times = (text: string) => page.split(text).length - 1;
    expect(times("The token or key is missing or wrong")).toBe(1);
    expect(times("<code>415</code>")).toBe(1);
    expect(times("The one-time token is unknown")).toBe(1);
    expect(page).toContain("Another message of the application has the eventId");
  });

  it("links only to what is on the page, or served beside it", async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
    const links = [...page.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link = ""]) => link);
    const elsewhere = links.filter((link) => !ids.has(link));
    expect([...new Set(elsewhere)].sort()).toEqual([
      "/api/v1/openapi.json",
      "data:,",
      "https://www.standardwebhooks.com",
    ]);
  });

  it("runs no script and loads nothing, and says so to the browser", async () => {
    const answer = await fetch(`${gateway.url}/docs`);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/<script|@import|url\(| on\w+=/);
  });

  it("shows text as text", () => {
    const [first] = table;
    if (first === undefined) expect.unreachable();
    const page = referencePage(openApiDocument([{ ...first, summary: `<img src=x> & "more"` }]));
    expect(page).toContain("&lt;img src=x&gt; &amp; &quot;more&quot;");
    expect(page).not.toContain("<img");
  });
});
