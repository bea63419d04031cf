import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SCOPES, type Scope } from "../domain/api-key.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import { scopeOf } from "./access/scope-of.ts";
import { worksInTestMode } from "./access/test-mode.ts";
import { routes } from "./app.ts";
import { SIMPLE_BASE, type Route } from "./route.ts";
import { organizationToken, startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

/**
 * Every operation, with every key that should not reach what somebody else has: whoever adds one has
 * it tested. Live things and a sandbox's are planted in all parameters.
 */

// The handlers, which alone would need them, are not called.
const table = routes({} as Parameters<typeof routes>[0]);
const guarded = table.filter(({ access }) => access !== "anyone");
/** What the organization's own applications share. */
const SHARED = new Set(["event_type_name"]);
const REFUSED = [401, 403, 404];
const TYPES = ["a.b", "invoice.paid", "endpoint.disabled", "message.attempt.exhausted"];

// Each walks through more than a hundred operations.
vi.setConfig({ testTimeout: 60_000 });

type Names = Readonly<Record<string, string>>;

let gateway: TestGateway;
let live: Names;
let sandbox: Names;
let keys: Readonly<Record<string, string>>;
beforeAll(async () => {
  gateway = await startTestGateway();
  for (const name of TYPES) await gateway.svix.eventType.create({ name, description: "" });
  const { id } = await gateway.svix.application.create({ name: "Mine", uid: "mine" });
  const other = await gateway.svix.application.create({ name: "Other" });
  const stranger = await organizationToken("org_stranger");
  keys = {
    live: await key(),
    test: await key({ mode: "test" }),
    liveOfApplication: await key({ appId: id }),
    testOfApplication: await key({ appId: id, mode: "test" }),
    otherApplication: await key({ appId: other.id }),
    otherApplicationInTest: await key({ appId: other.id, mode: "test" }),
    otherOrganization: await key({}, stranger),
    otherOrganizationInTest: await key({ mode: "test" }, stranger),
  };
  live = await plant(id, keys["live"]);
  sandbox = await plant(id, keys["test"]);
}, 60_000);
afterAll(() => gateway[Symbol.asyncDispose]());

async function key(body: object = {}, token?: string): Promise<string> {
  const made = await gateway.call("POST", "/api-key", { name: "Key", ...body }, token);
  expect(made.status).toBe(201);
  return made.body.key;
}

/** One of everything, with ids for every parameter that a path may have. */
async function plant(app: string, token: string | undefined): Promise<Names> {
  const make = async (path: string, body: object) => {
    const made = await gateway.call("POST", path, body, token);
    expect(made.status).toBeLessThan(300);
    return made.body;
  };
  const url = "https://a.example/hooks";
  const endpoint = await make(`/app/${app}/endpoint`, { url });
  const sent = { eventType: "a.b", payload: { marker: "planted" }, channels: ["planted"] };
  const attempt = await make(`/app/${app}/endpoint/${endpoint.id}/msg/test-attempt`, sent);
  const since = new Date(Date.now() - 60_000).toISOString();
  const task = await make(`/app/${app}/endpoint/${endpoint.id}/recover`, { since });
  // It would change by itself while it is looked at.
  await waitFor("the end of the task", async () => {
    const kept = await gateway.store.backgroundTasks.read(task.id);
    return kept?.status === "running" ? undefined : kept;
  });
  const webhook = await make(`/v1/webhooks?application=${app}`, { url });
  const own = await gateway.call("POST", "/api-key", { name: "Planted" });
  return {
    app_id: app,
    endpoint_id: endpoint.id,
    msg_id: attempt.msgId,
    attempt_id: attempt.id,
    task_id: task.id,
    key_id: own.body.id,
    event_type_name: "a.b",
    webhook_id: webhook.id,
  };
}

/** What is below /v1 takes the application from its query. */
function pathOf({ base, path }: Route): string {
  return base === SIMPLE_BASE ? `${base}${path}?application={app_id}` : path;
}

function parametersOf(route: Route): readonly string[] {
  return [...pathOf(route).matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

async function call(route: Route, names: Names, token = "") {
  const { method, body, example, events } = route;
  const filled = pathOf(route).replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "any");
  if (events !== undefined) return watch(filled, token);
  const sent = body === undefined ? undefined : (example ?? {});
  return gateway.call(method.toUpperCase(), filled, sent, token);
}

/** What goes on until its caller goes: only how it begins. */
async function watch(path: string, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const leaving = new AbortController();
  const response = await fetch(`${gateway.url}/api/v1${path}`, { headers, signal: leaving.signal });
  const text = response.ok ? "" : await response.text();
  leaving.abort();
  return { status: response.status, text };
}

/** The rows in which one of these ids is; but for when a key was used. */
function rowsOf(names: Names): readonly string[] {
  const tables = JSON.parse(gateway.rows()) as readonly (readonly Record<string, unknown>[])[];
  const lines = tables.flat().map((row) => JSON.stringify({ ...row, last_used_at_ms: null }));
  const ids = Object.entries(names).flatMap(([name, id]) => (SHARED.has(name) ? [] : [id]));
  return lines.filter((line) => ids.some((id) => line.includes(`"${id}"`)));
}

type Walk = { readonly who: string; readonly names: Names; readonly mayName: readonly string[] };

/** What names anything but `mayName` is refused; of what is not refused nothing planted is seen. */
async function walk(among: readonly Route[], { who, names, mayName }: Walk): Promise<void> {
  expect(among.length).toBeGreaterThan(0);
  const { app_id: _, event_type_name: __, ...planted } = names;
  const before = rowsOf(planted);
  expect(before.length).toBeGreaterThan(4);
  for (const route of among) {
    const { operationId } = route;
    const { status, text } = await call(route, names, keys[who]);
    const foreign = parametersOf(route).filter((name) => !mayName.includes(name));
    if (foreign.length > 0) expect(REFUSED, `${operationId} ${status} ${text}`).toContain(status);
    expect(status, `${operationId} ${text}`).toBeLessThan(500);
    for (const id of Object.values(planted)) expect(text, operationId).not.toContain(id);
    expect(rowsOf(planted), operationId).toEqual(before);
  }
}

describe("a key of another application", () => {
  it.each(["otherApplication", "otherApplicationInTest"])("reaches nothing: %s", async (who) => {
    for (const names of [live, sandbox]) await walk(guarded, { who, names, mayName: [...SHARED] });
  });
});

describe("a key of another organization", () => {
  it.each(["otherOrganization", "otherOrganizationInTest"])("reaches nothing: %s", async (who) => {
    const types = guarded.filter((route) => !parametersOf(route).includes("event_type_name"));
    for (const names of [live, sandbox]) await walk(types, { who, names, mayName: [] });
    const named = guarded.filter(
      (route) => route.method !== "put" && parametersOf(route).includes("event_type_name"),
    );
    await walk(named, { who, names: live, mayName: [] });
  });
});

describe("a key of the other mode", () => {
  it.each(["test", "testOfApplication"])("reaches nothing that is live: %s", async (who) => {
    await walk(guarded, { who, names: live, mayName: ["app_id", ...SHARED] });
  });

  it.each(["live", "liveOfApplication"])("reaches nothing of a sandbox: %s", async (who) => {
    const names = { ...sandbox, key_id: "key_any" };
    const deeper = guarded.filter((route) => parametersOf(route).some((name) => name !== "app_id"));
    await walk(
      deeper.filter((route) => !parametersOf(route).includes("event_type_name")),
      {
        who,
        names,
        mayName: ["app_id"],
      },
    );
    const looking = guarded.filter(({ method }) => method === "get");
    await walk(looking, { who, names, mayName: ["app_id", ...SHARED] });
  });

  it.each(["live", "test"])("finds no sandbox by its own id: %s", async (who) => {
    const [row] = rowsOf({ app_id: live["app_id"] ?? "" }).filter((line) =>
      line.includes('"sandbox"'),
    );
    const app_id: string = JSON.parse(row ?? "{}").id;
    const named = guarded.filter((route) => parametersOf(route).includes("app_id"));
    await walk(named, { who, names: { ...sandbox, app_id, key_id: "key_any" }, mayName: [] });
  });
});

describe("a test key", () => {
  it("is refused, with a sentence, whatever is the organization's as a whole", async () => {
    const whole = guarded.filter((route) => !worksInTestMode(route));
    expect(whole.length).toBeGreaterThan(30);
    for (const route of whole) {
      const { status, text } = await call(route, live, keys["test"]);
      expect([route.operationId, status]).toEqual([route.operationId, 403]);
      if (route.access !== "application-only") expect(text).toContain("use a live key");
    }
  });

  it("sees its own things under the live application's name", async () => {
    const listed = await gateway.call("GET", "/app/mine/endpoint", undefined, keys["test"]);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(sandbox["endpoint_id"]);
    const app = await gateway.call("GET", "/app/mine", undefined, keys["test"]);
    expect(app.body).toMatchObject({ id: live["app_id"], uid: "mine", name: "Mine" });
  });
});

describe("a key without the scope that an operation needs", () => {
  it.each(SCOPES)("is refused where it needs %s", async (scope) => {
    const lacking = { read: ["publish"], publish: ["read"], manage: ["read", "publish"] };
    const scopes: readonly string[] = lacking[scope satisfies Scope];
    const token = await key({ scopes });
    for (const route of guarded.filter((one) => scopeOf(one) === scope)) {
      const { status, text } = await call(route, live, token);
      expect([route.operationId, status]).toEqual([route.operationId, 403]);
      expect(text).toContain(`the scope ${scope}`);
    }
  });

  it("may at least ask what it is", async () => {
    const free = guarded.filter((route) => scopeOf(route) === null);
    expect(free.map(({ operationId }) => operationId)).toEqual([
      "v1.authentication.whoami",
      "v1.authentication.logout",
    ]);
  });
});
