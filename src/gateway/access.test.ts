import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCOPES } from "../domain/api-key.ts";
import { CAPABILITIES, capabilitiesGiven } from "./access/capabilities.ts";
import { createSignToken } from "./access/sign-token.ts";
import { claimsOf } from "./access/token-claims.ts";
import { routes } from "./app.ts";
import { servedPath, type Route } from "./route.ts";
import {
  applicationToken,
  JWT_SECRET,
  ORGANIZATION,
  startTestGateway,
  type TestGateway,
} from "./testing/test-gateway.ts";
import { waitForTask } from "./testing/test-task.ts";

/** Every operation, with every token that may not call it: refused as it should be, and nothing done. */

// The handlers, which alone would need them, are not called.
const table = routes({} as Parameters<typeof routes>[0]);
const guarded = table.filter(({ access }) => access !== "anyone");
const ofApplications = table.filter(({ access }) => access === "application");
const confined = ofApplications.filter(({ capability }) => capability !== undefined);

/** POSTs that only look. */
const LOOKS = new Set(["v1.message.search", "v1.message.precheck"]);

/** What a session does with itself: it begins, and it ends. */
const OWN_SESSION = new Set([
  "v1.authentication.exchange-one-time-token",
  "v1.authentication.logout",
]);

/** Whoever has a request bin's id may use it, whoever they are. */
const BY_ITS_ID = new Set(["v1.play.patch", "v1.play.delete", "v1.play.clear-requests"]);

let gateway: TestGateway;
let names: Readonly<Record<string, string>>;
let otherId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  const app = await svix.application.create({ name: "Mine", uid: "mine" });
  const other = await svix.application.create({ name: "Other" });
  await svix.eventType.create({ name: "a.b", description: "" });
  const endpoint = await svix.endpoint.create(app.id, { url: "https://a.example/hooks" });
  const message = await svix.message.create(app.id, { eventType: "a.b", payload: {} });
  const since = new Date(Date.now() - 60_000);
  const task = await svix.endpoint.recover(app.id, endpoint.id, { since });
  await waitForTask(gateway, task.id);
  const url = "https://a.example/simple";
  const webhook = await gateway.call("POST", "/v1/webhooks?application=mine", { url });
  otherId = other.id;
  names = {
    app_id: app.id,
    endpoint_id: endpoint.id,
    msg_id: message.id,
    event_type_name: "a.b",
    task_id: task.id,
    webhook_id: webhook.body.id,
  };
});
afterAll(() => gateway[Symbol.asyncDispose]());

function mine(claims = {}): Promise<string> {
  return applicationToken(names["app_id"] ?? "", claims);
}

function call(route: Route, token: string) {
  const { method, body, example } = route;
  const filled = servedPath(route).replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => names[name] ?? "any",
  );
  const sent = body === undefined ? undefined : (example ?? {});
  const path = filled.replace(/^\/api\/v1/, "");
  return gateway.call(method.toUpperCase(), path, sent, token);
}

/** Calls each route, and names those that answered otherwise, or changed what is kept. */
async function walk(
  among: readonly Route[],
  token: (route: Route) => Promise<string>,
  refusal: (route: Route) => object,
): Promise<void> {
  expect(among.length).toBeGreaterThan(0);
  for (const route of among) {
    const asToken = await token(route);
    const before = gateway.rows();
    const { status, body } = await call(route, asToken);
    const answered = { operation: route.operationId, status, ...body };
    expect(answered).toMatchObject({ operation: route.operationId, ...refusal(route) });
    expect(gateway.rows() === before, `${route.operationId} changed something`).toBe(true);
  }
}

const UNAUTHENTICATED = { status: 401, code: "authentication_failed" };
const FORBIDDEN = { status: 403, code: "insufficient_access" };

describe("every operation that needs a token", () => {
  it.each<[string, () => Promise<string>]>([
    ["no token", () => Promise.resolve("")],
    ["garbage", () => Promise.resolve("garbage")],
    ["a token that has expired", expired],
    ["a token that was revoked", revoked],
  ])("refuses %s", async (what, make) => {
    const token = await make();
    const detail = expect.stringContaining(what.split(" ").at(-1) ?? "");
    await walk(
      guarded,
      () => Promise.resolve(token),
      () => ({ ...UNAUTHENTICATED, ...(token.includes(".") ? { detail } : {}) }),
    );
  });

  function expired(): Promise<string> {
    const grant = {
      organizationId: ORGANIZATION,
      applicationId: names["app_id"] ?? "",
      capabilities: CAPABILITIES,
      featureFlags: [],
      sessionId: null,
      sandboxId: null,
      lifeS: 3_600,
    };
    return createSignToken(JWT_SECRET)(claimsOf(grant, Date.now() - 3_660_000));
  }

  async function revoked(): Promise<string> {
    const { token } = await gateway.svix.authentication.appPortalAccess("mine", {});
    expect((await gateway.call("POST", "/auth/logout", undefined, token)).status).toBe(204);
    return token;
  }
});

describe("operations of the organization alone", () => {
  it("refuse an application's token, whatever it may do", async () => {
    const alone = table.filter(({ access }) => access === "organization");
    await walk(
      alone,
      () => mine(),
      () => FORBIDDEN,
    );
  });
});

describe("operations of applications alone", () => {
  it("refuse the organization's token", async () => {
    const alone = table.filter(({ access }) => access === "application-only");
    await walk(
      alone,
      () => Promise.resolve(gateway.token),
      () => FORBIDDEN,
    );
  });
});

describe("operations on an application", () => {
  it("do as if it were not there with another application's token", async () => {
    const onOne = ofApplications.filter(({ path }) => path.includes("{app_id}"));
    await walk(
      onOne,
      () => applicationToken(otherId),
      () => ({ status: 404, code: "not_found" }),
    );
  });

  it("refuse a token that lacks the capability, and name it", async () => {
    await walk(
      confined,
      ({ capability }) => {
        const others = CAPABILITIES.filter(
          (one) => capability && !capabilitiesGiven([one]).includes(capability),
        );
        return mine({ capabilities: others });
      },
      ({ capability = "" }) => ({ ...FORBIDDEN, detail: expect.stringContaining(capability) }),
    );
  });

  it("that change anything are refused to a session that may only look", async () => {
    const changing = ofApplications.filter(
      ({ method, operationId }) => method !== "get" && !LOOKS.has(operationId),
    );
    const { token } = await gateway.svix.authentication.appPortalAccess("mine", { readOnly: true });
    await walk(
      changing,
      () => Promise.resolve(token),
      () => FORBIDDEN,
    );
  });

  it("and whatever else is not a GET is refused to it, but for what it may know of itself", async () => {
    const { token } = await gateway.svix.authentication.appPortalAccess("mine", { readOnly: true });
    const others = table.filter(
      ({ method, access, operationId }) =>
        method !== "get" &&
        access !== "application" &&
        !OWN_SESSION.has(operationId) &&
        !BY_ITS_ID.has(operationId),
    );
    await walk(
      others,
      () => Promise.resolve(token),
      () => FORBIDDEN,
    );
  });

  it("that only look are open to it, but for secrets", async () => {
    const { token } = await gateway.svix.authentication.appPortalAccess("mine", { readOnly: true });
    const looking = ofApplications
      .filter(({ capability, events }) => capability === undefined && events === undefined)
      .filter(({ path }) => !path.includes("{attempt_id}"));
    for (const route of looking) {
      const { status } = await call(route, token);
      expect([route.operationId, status]).toEqual([route.operationId, 200]);
    }
    const secret = ofApplications.filter(
      ({ method, capability }) => method === "get" && capability,
    );
    expect(secret.map(({ operationId }) => operationId)).toEqual(["v1.endpoint.get-secret"]);
  });
});

it("each capability is enough for what needs it", async () => {
  const { permit } = await import("./access/permit.ts");
  for (const { capability = "ViewBase", ...route } of confined) {
    const principal = {
      organizationId: "org_any",
      applicationId: "app_any",
      mode: "live",
      scopes: SCOPES,
      capabilities: capabilitiesGiven([capability]),
      featureFlags: [],
      token: null,
      apiKeyId: null,
    } as const;
    const authenticate = () => Promise.resolve(principal);
    const request = { headers: {} } as Parameters<typeof permit>[2];
    const permitted = permit(authenticate, { ...route, capability }, request);
    await expect(permitted, route.operationId).resolves.toBe(principal);
  }
});
