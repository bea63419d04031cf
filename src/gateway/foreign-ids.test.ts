import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { routes } from "./app.ts";
import { SIMPLE_BASE, type Route } from "./route.ts";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";
import { waitForTask } from "./testing/test-task.ts";
import { testStores } from "./testing/test-store.ts";

/**
 * Every operation on one's own application, with ids of another one's things in the rest of the path
 * and in all that the query can name: what is asked for by a bare id has to be one's own.
 */

// The handlers, which alone would need them, are not called.
const table = routes({} as Parameters<typeof routes>[0]);

type Names = Readonly<Record<string, string>>;

/** Of things below an application, as paths name them. */
const BELOW = ["endpoint_id", "webhook_id", "msg_id", "attempt_id", "task_id"];

function pathOf({ base, path }: Route): string {
  return base === SIMPLE_BASE ? `${base}${path}?application={app_id}` : path;
}

function namesIn(route: Route): readonly string[] {
  return [...pathOf(route).matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

function queryFields({ query }: Route): readonly string[] {
  if (query === undefined) return [];
  const { properties } = z.toJSONSchema(query, { unrepresentable: "any", io: "input" });
  return Object.keys(properties ?? {}).filter((name) => /(_id|iterator)$/.test(name));
}

const ofApplications = table.filter(
  (route) => route.events === undefined && namesIn(route).includes("app_id"),
);
const below = ofApplications.filter((route) => namesIn(route).some((one) => BELOW.includes(one)));
const queried = ofApplications.flatMap((route) =>
  queryFields(route).map((field) => ({ route, field })),
);

describe.each(testStores())("on %s", (_, openStore) => {
  let gateway: TestGateway;
  let own: Names;
  let theirs: Names;
  let keys: Names;
  beforeAll(async () => {
    gateway = await startTestGateway({}, {}, await openStore());
    await gateway.svix.eventType.create({ name: "a.b", description: "" });
    const apps = [{ name: "Own" }, { name: "Theirs" }].map((one) =>
      gateway.svix.application.create(one),
    );
    const [mine = "", other = ""] = (await Promise.all(apps)).map(({ id }) => id);
    const make = async (body: object) =>
      (await gateway.call("POST", "/api-key", { name: "Key", ...body })).body.key;
    keys = {
      application: await make({ appId: mine }),
      applicationInTest: await make({ appId: mine, mode: "test" }),
      organization: await make({}),
      organizationInTest: await make({ mode: "test" }),
    };
    own = await plant(mine);
    theirs = await plant(other);
  }, 60_000);
  afterAll(() => gateway[Symbol.asyncDispose]());

  async function plant(app: string): Promise<Names> {
    const make = async (path: string, body: object) => {
      const made = await gateway.call("POST", path, body);
      expect(made.status, made.text).toBeLessThan(300);
      return made.body;
    };
    const url = `https://a.example/${app}`;
    const endpoint = await make(`/app/${app}/endpoint`, { url });
    const webhook = await make(`/v1/webhooks?application=${app}`, { url });
    const sent = { eventType: "a.b", payload: { of: app } };
    const attempt = await make(`/app/${app}/endpoint/${endpoint.id}/msg/test-attempt`, sent);
    const since = new Date(Date.now() - 60_000).toISOString();
    const task = await make(`/app/${app}/endpoint/${endpoint.id}/recover`, { since });
    // It would change by itself while it is looked at.
    await waitForTask(gateway, task.id);
    return {
      app_id: app,
      endpoint_id: endpoint.id,
      webhook_id: webhook.id,
      msg_id: attempt.msgId,
      attempt_id: attempt.id,
      task_id: task.id,
      event_type_name: "a.b",
    };
  }

  async function call(route: Route, names: Names, token: string, query = "") {
    const path = pathOf(route).replaceAll(/\{(\w+)\}/g, (__, name: string) => names[name] ?? "any");
    const sent = route.body === undefined ? undefined : (route.example ?? {});
    const asked = query === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`;
    return gateway.call(route.method.toUpperCase(), asked, sent, token);
  }

  /** As their owner sees them. */
  async function theirThings() {
    const { app_id: app, endpoint_id: endpoint, webhook_id: webhook, msg_id, task_id } = theirs;
    const paths = [
      `/app/${app}/endpoint/${endpoint}`,
      `/app/${app}/endpoint/${endpoint}/secret`,
      `/app/${app}/endpoint/${endpoint}/headers`,
      `/app/${app}/endpoint/${endpoint}/request-format`,
      `/app/${app}/endpoint/${webhook}`,
      `/app/${app}/msg/${msg_id}?with_content=true`,
      `/app/${app}/attempt/msg/${msg_id}`,
      `/app/${app}/background-task/${task_id}`,
      `/app/${app}/endpoint?limit=250`,
    ];
    const answers = await Promise.all(paths.map(async (path) => gateway.call("GET", path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    return answers.map(({ text }) => text);
  }

  it.each(["application", "applicationInTest", "organization", "organizationInTest"])(
    "nothing of another application is reached through one's own: %s",
    async (who) => {
      expect(below.length).toBeGreaterThan(40);
      const before = await theirThings();
      const foreign = Object.entries(theirs).filter(([name]) => BELOW.includes(name));
      for (const route of below) {
        // One at a time, and all at once: the rest of the path is in order.
        for (const some of [...foreign.map((one) => [one]), foreign]) {
          if (!some.some(([name]) => namesIn(route).includes(name))) continue;
          const names = { ...own, ...Object.fromEntries(some) };
          const { status, text, body } = await call(route, names, keys[who] ?? "");
          const isEmpty = route.method === "get" && body?.data?.length === 0;
          const what = `${route.operationId} ${status} ${text}`;
          if (!isEmpty) expect([400, 403, 404], what).toContain(status);
          for (const [, id] of foreign) expect(text, route.operationId).not.toContain(id);
        }
      }
      expect(await theirThings()).toEqual(before);
    },
    60_000,
  );

  it.each(["application", "organization", "organizationInTest"])(
    "nor by what a query names: %s",
    async (who) => {
      expect(queried.length).toBeGreaterThan(10);
      for (const { route, field } of queried.filter((one) => one.route.method === "get")) {
        for (const [name, id] of Object.entries(theirs)) {
          const { status, text } = await call(route, own, keys[who] ?? "", `${field}=${id}`);
          const what = `${route.operationId} ${field}=${name} ${status} ${text}`;
          expect(status, what).toBeLessThan(500);
          if (status !== 200) continue;
          for (const [other, planted] of Object.entries(theirs)) {
            if (other !== "event_type_name") expect(text, what).not.toContain(planted);
          }
        }
      }
    },
    60_000,
  );
});
