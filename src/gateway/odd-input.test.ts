import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { routes } from "./app.ts";
import type { Route } from "./route.ts";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";
import { testStores } from "./testing/test-store.ts";

/** Every operation, with what no client sends in every field: none may break on it. */

// The handlers, which alone would need them, are not called.
const table = routes({} as Parameters<typeof routes>[0]);

const DEEP = 3_000;
const ODD: Readonly<Record<string, unknown>> = {
  "the character U+0000": "a\0b",
  "half a character": "\ud800",
  "a huge number": 1e308,
  "many digits": "9".repeat(400),
  "a time beyond all": "+275760-09-13T00:00:00.000Z",
  "a name that objects have": "__proto__",
  "a long text": "x".repeat(9_000),
  "a deep list": JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP)),
};

type Schema = { readonly properties?: Record<string, Schema>; readonly anyOf?: readonly Schema[] };

function fieldsOf(schema: z.ZodType | undefined): readonly string[] {
  if (schema === undefined) return [];
  const held = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Schema;
  const each = [held, ...(held.anyOf ?? [])].flatMap(({ properties = {} }) =>
    Object.keys(properties),
  );
  return [...new Set(each)];
}

describe.each(testStores())("on %s", (_, openStore) => {
  let gateway: TestGateway;
  let names: Readonly<Record<string, string>>;
  afterAll(() => gateway[Symbol.asyncDispose]());

  it("there is something to ask for", async () => {
    gateway = await startTestGateway({}, {}, await openStore());
    const make = async (path: string, body: object) =>
      (await gateway.call("POST", path, body)).body;
    await make("/event-type", { name: "a.b", description: "" });
    const app = await make("/app", { name: "App" });
    const endpoint = await make(`/app/${app.id}/endpoint`, { url: "https://a.example/hooks" });
    const message = await make(`/app/${app.id}/msg`, { eventType: "a.b", payload: {} });
    const play = await make("/play", {});
    const key = await make("/api-key", { name: "Key" });
    names = {
      app_id: app.id,
      endpoint_id: endpoint.id,
      webhook_id: endpoint.id,
      msg_id: message.id,
      play_id: play.id,
      key_id: key.id,
      event_type_name: "a.b",
    };
    expect(Object.values(names)).not.toContain(undefined);
  });

  const filled = (path: string) =>
    path.replaceAll(/\{(\w+)\}/g, (__, name: string) => names[name] ?? "any");

  async function notBroken(what: string, route: Route, path: string, body?: unknown) {
    const { method, operationId } = route;
    const { status, text } = await gateway.call(method.toUpperCase(), path, body);
    expect(status, `${operationId} with ${what}: ${text}`).toBeLessThan(500);
  }

  // What is deleted would be asked for nothing more.
  const asked = table
    .filter(({ events, path }) => events === undefined && path !== "/health")
    .toSorted((a, b) => Number(isDeletion(a)) - Number(isDeletion(b)));

  it.each(asked.map((route) => [route.operationId, route] as const))("%s", async (__, route) => {
    for (const [what, value] of Object.entries(ODD)) {
      const text = typeof value === "string" ? value.toWellFormed() : JSON.stringify(value);
      for (const field of fieldsOf(route.query)) {
        const query = `${encodeURIComponent(field)}=${encodeURIComponent(text.slice(0, 3_000))}`;
        const named = route.path.startsWith("/webhooks") ? `application=${names["app_id"]}&` : "";
        await notBroken(`${what} in ${field}`, route, `${filled(route.path)}?${named}${query}`);
      }
      for (const field of fieldsOf(route.body)) {
        const body = { ...route.example, [field]: value };
        await notBroken(`${what} in ${field}`, route, filled(route.path), body);
        const inner = route.example?.[field];
        if (typeof inner !== "object" || inner === null) continue;
        for (const key of Object.keys(inner)) {
          const nested = { ...route.example, [field]: { ...inner, [key]: value } };
          await notBroken(`${what} in ${field}.${key}`, route, filled(route.path), nested);
        }
      }
    }
  });
});

function isDeletion({ method, path }: Route): boolean {
  return method === "delete" || path.includes("expunge");
}
