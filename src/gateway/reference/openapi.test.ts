import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { routes } from "../app.ts";
import { parseBody } from "../http/request-input.ts";
import { servedPath } from "../route.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import type { OpenApiDocument, Operation } from "./openapi-document.ts";
import { collectSchemas } from "./openapi-schemas.ts";

type Served = { readonly method: string; readonly path: string; readonly operation: Operation };

let gateway: TestGateway;
let document: OpenApiDocument;
let operations: readonly Served[];
beforeAll(async () => {
  gateway = await startTestGateway();
  document = (await gateway.call("GET", "/openapi.json", undefined, "")).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
});
afterAll(() => gateway[Symbol.asyncDispose]());

function table(): ReturnType<typeof routes> {
  // The handlers, which alone would need them, are not called.
  return routes({} as Parameters<typeof routes>[0]);
}

function operation(operationId: string): Operation {
  const found = operations.find((one) => one.operation.operationId === operationId);
  return found?.operation ?? expect.unreachable(`${operationId} is not documented`);
}

function successes({ responses }: Operation): readonly string[] {
  return Object.entries(responses)
    .filter(([status, one]) => status < "400" && one["x-reserved"] !== true)
    .map(([status]) => status);
}

describe("the OpenAPI document", () => {
  it("names the operations as the API's contract does", () => {
    const lines = operations.map(({ method, path, operation }) => {
      const answered = successes(operation).join(", ");
      return `${operation.operationId}: ${method} ${path.replace("/api/v1", "")} → ${answered}`;
    });
    expect(lines.sort()).toEqual(OPERATIONS);
  });

  it("has every route of the table, and nothing else", () => {
    const served = table().map((route) => `${route.method} ${servedPath(route)}`);
    const documented = operations.map(({ method, path }) => `${method} ${path}`);
    expect(documented.sort()).toEqual([...served].sort());
    expect(new Set(served).size).toBe(served.length);
  });

  it("has only what is served: whoever has no token is refused, not lost", async () => {
    for (const { method, path, operation } of operations) {
      const answer = await fetch(gateway.url + path.replaceAll(/[{}]/g, ""), {
        method: method.toUpperCase(),
      });
      const success = operation.requestBody === undefined ? Number(successes(operation)[0]) : 422;
      // Who has an id needs no token, and nobody has this one.
      const open = path.includes("{") ? 404 : success;
      const expected = operation.security === undefined ? 401 : open;
      expect([path, method, answer.status]).toEqual([path, method, expected]);
    }
  });

  it("refers only to schemas that are there, and has none that nothing refers to", () => {
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(referred.length).toBe(text.split('"$ref"').length - 1);
    const names = new Set(referred.map(([, name]) => name));
    expect(names).toEqual(new Set(Object.keys(document.components.schemas)));
    expect(text).not.toContain("$defs");
  });

  it("gives each operation an id, a tag and a summary of its own", () => {
    const tags = new Set(document.tags.map(({ name }) => name));
    expect(tags.size).toBe(document.tags.length);
    const all = operations.map(({ operation }) => operation);
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    expect(new Set(all.map(({ summary }) => summary)).size).toBe(all.length);
    const used = new Set(all.flatMap((one) => one.tags));
    expect([...used].sort()).toEqual([...tags].sort());
  });

  it("declares the parameters of each path once, and describes every parameter", () => {
    for (const { path, operation } of operations) {
      const { parameters } = operation;
      const declared = parameters.filter((one) => one.in === "path").map(({ name }) => name);
      expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
      const bare = parameters.filter(({ description }) => description === undefined);
      expect(bare).toEqual([]);
      expect(parameters.filter((one) => one.required !== (one.in === "path"))).toEqual([]);
    }
  });

  it("says of a query what its text stands for", () => {
    const { parameters } = operation("v1.message-attempt.list-by-endpoint");
    const schemas = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
    expect(schemas).toMatchObject({
      limit: { type: "integer", minimum: 1, maximum: 250, default: 50 },
      with_content: { type: "boolean", default: true },
      with_msg: { type: "boolean", default: false },
      status: { type: "integer", enum: [0, 1, 2, 3, 4] },
      before: { type: "string", format: "date-time" },
      event_types: { type: "array", items: { type: "string" } },
    });
    expect(schemas["with_content"]).not.toHaveProperty("enum");
    expect(parameters.find(({ name }) => name === "event_types")).toMatchObject({ explode: false });
  });

  it("says which refusals can come, and marks what is only named for generated clients", () => {
    const refusals = (operationId: string) =>
      Object.entries(operation(operationId).responses)
        .filter(([status, one]) => status >= "400" && one["x-reserved"] !== true)
        .map(([status]) => Number(status));
    expect(refusals("v1.message.create")).toEqual([400, 401, 403, 404, 409, 413, 415, 422, 429]);
    expect(refusals("v1.application.get")).toEqual([400, 401, 403, 404, 429]);
    expect(refusals("v1.application.list")).toEqual([400, 401, 403, 422, 429]);
    expect(refusals("v1.endpoint.get")).toEqual([400, 401, 403, 404, 429]);
    expect(refusals("v1.authentication.whoami")).toEqual([401, 429]);
    expect(refusals("v1.endpoint.delete")).toEqual([400, 401, 403, 404, 429]);
    expect(refusals("v1.authentication.logout")).toEqual([400, 401, 403, 429]);
    expect(refusals("v1.authentication.exchange-one-time-token")).toEqual([
      400, 401, 413, 415, 422,
    ]);
    expect(refusals("v1.health.ping")).toEqual([]);
    expect(operation("v1.health.ping").responses["429"]).toMatchObject({ "x-reserved": true });
  });

  it("says which tokens an operation takes, and what those of an application have to be allowed", () => {
    expect(operation("v1.message.create").description).toBe(
      "Needs a token of the organization, or a key of the application. A key needs the scope publish.",
    );
    expect(operation("v1.endpoint.get").description).toMatch(/or of the application\. /);
    expect(operation("v1.endpoint.create").description).toMatch(/the capability ManageEndpoint\. /);
    expect(operation("v1.authentication.logout").description).toMatch(
      /^Needs .* an application\.$/,
    );
    expect(operation("v1.endpoint.get")["x-scope"]).toBe("read");
    expect(operation("v1.endpoint.create")["x-scope"]).toBe("manage");
    expect(operation("v1.authentication.whoami")).not.toHaveProperty("x-scope");
    expect(operation("v1.api-key.list").description).toMatch(/manage\. Test keys are refused\.$/);
    expect(operation("v1.authentication.dashboard-access").deprecated).toBe(true);
  });

  it("shows examples that the gateway accepts", () => {
    const withBody = table().filter(({ body }) => body !== undefined);
    expect(withBody.length).toBeGreaterThan(10);
    for (const { operationId, body, example } of withBody) {
      expect(example, operationId).toBeDefined();
      expect(() => parseBody(body, Buffer.from(JSON.stringify(example)))).not.toThrow();
    }
  });

  it("asks for a bearer token, except for a one-time token and for what tells anyone how it is", () => {
    expect(document.components.securitySchemes["HTTPBearer"]).toMatchObject({ scheme: "bearer" });
    expect(document.security).toEqual([{ HTTPBearer: [] }, { ApiKey: [] }]);
    const open = operations.filter(({ operation }) => operation.security !== undefined);
    const byId = open.filter(({ path }) => path.includes("{"));
    expect(new Set(byId.map(({ operation }) => operation.tags.join()))).toEqual(new Set(["Play"]));
    const byNothing = open.filter((one) => !byId.includes(one));
    expect(byNothing.map(({ path }) => path)).toEqual([
      "/api/v1/auth/one-time-token",
      "/api/v1/health",
      "/api/v1/health/ping",
    ]);
  });

  it("refuses to give two schemas one name", () => {
    const schemas = collectSchemas();
    schemas.add(z.object({ a: z.string() }).meta({ id: "Same" }), "output");
    schemas.add(z.object({ a: z.string() }).meta({ id: "Same" }), "output");
    const other = z.object({ a: z.int() }).meta({ id: "Same" });
    expect(() => schemas.add(other, "output")).toThrow("Same");
  });
});

const OPERATIONS = [
  "patch_application: patch /app/{app_id} → 200",
  "patch_endpoint: patch /app/{app_id}/endpoint/{endpoint_id} → 200",
  "patch_event_type: patch /event-type/{event_type_name} → 200",
  "v1.api-key.create: post /api-key → 201",
  "v1.api-key.delete: delete /api-key/{key_id} → 204",
  "v1.api-key.get: get /api-key/{key_id} → 200",
  "v1.api-key.list: get /api-key → 200",
  "v1.api-key.patch: patch /api-key/{key_id} → 200",
  "v1.api-key.rotate: post /api-key/{key_id}/rotate → 200",
  "v1.application.create: post /app → 200, 201",
  "v1.application.delete: delete /app/{app_id} → 204",
  "v1.application.get: get /app/{app_id} → 200",
  "v1.application.list: get /app → 200",
  "v1.application.live: get /app/{app_id}/live → 200",
  "v1.application.stats.attempts: get /app/{app_id}/stats/attempts → 200",
  "v1.application.stats.endpoints: get /app/{app_id}/stats/endpoints → 200",
  "v1.application.stats.failing-endpoints: get /app/{app_id}/stats/failing-endpoints → 200",
  "v1.application.update: put /app/{app_id} → 200, 201",
  "v1.authentication.app-portal-access: post /auth/app-portal-access/{app_id} → 200",
  "v1.authentication.dashboard-access: post /auth/dashboard-access/{app_id} → 200",
  "v1.authentication.exchange-one-time-token: post /auth/one-time-token → 200",
  "v1.authentication.expire-all: post /auth/app/{app_id}/expire-all → 204",
  "v1.authentication.logout: post /auth/logout → 204",
  "v1.authentication.whoami: get /auth/whoami → 200",
  "v1.background-task.cancel-by-application: post /app/{app_id}/background-task/{task_id}/cancel → 200",
  "v1.background-task.cancel: post /background-task/{task_id}/cancel → 200",
  "v1.background-task.get-by-application: get /app/{app_id}/background-task/{task_id} → 200",
  "v1.background-task.get: get /background-task/{task_id} → 200",
  "v1.background-task.list-by-application: get /app/{app_id}/background-task → 200",
  "v1.background-task.list: get /background-task → 200",
  "v1.endpoint.bulk-replay: post /app/{app_id}/endpoint/{endpoint_id}/bulk-replay → 202",
  "v1.endpoint.cancel-msgs: post /app/{app_id}/endpoint/{endpoint_id}/cancel-msgs → 204",
  "v1.endpoint.create: post /app/{app_id}/endpoint → 201",
  "v1.endpoint.delete-request-format: delete /app/{app_id}/endpoint/{endpoint_id}/request-format → 204",
  "v1.endpoint.delete: delete /app/{app_id}/endpoint/{endpoint_id} → 204",
  "v1.endpoint.get-headers: get /app/{app_id}/endpoint/{endpoint_id}/headers → 200",
  "v1.endpoint.get-request-format: get /app/{app_id}/endpoint/{endpoint_id}/request-format → 200",
  "v1.endpoint.get-retry-schedule: get /app/{app_id}/endpoint/{endpoint_id}/retry-schedule → 200",
  "v1.endpoint.get-secret: get /app/{app_id}/endpoint/{endpoint_id}/secret → 200",
  "v1.endpoint.get-stats: get /app/{app_id}/endpoint/{endpoint_id}/stats → 200",
  "v1.endpoint.get-throttling-status: get /app/{app_id}/endpoint/{endpoint_id}/rate-limit-status → 200",
  "v1.endpoint.get: get /app/{app_id}/endpoint/{endpoint_id} → 200",
  "v1.endpoint.list: get /app/{app_id}/endpoint → 200",
  "v1.endpoint.patch-headers: patch /app/{app_id}/endpoint/{endpoint_id}/headers → 204",
  "v1.endpoint.patch-request-format: patch /app/{app_id}/endpoint/{endpoint_id}/request-format → 200",
  "v1.endpoint.preview-bulk-replay: post /app/{app_id}/endpoint/{endpoint_id}/bulk-replay/preview → 200",
  "v1.endpoint.preview-recover: post /app/{app_id}/endpoint/{endpoint_id}/recover/preview → 200",
  "v1.endpoint.preview-replay-missing: post /app/{app_id}/endpoint/{endpoint_id}/replay-missing/preview → 200",
  "v1.endpoint.recover: post /app/{app_id}/endpoint/{endpoint_id}/recover → 202",
  "v1.endpoint.replay-missing: post /app/{app_id}/endpoint/{endpoint_id}/replay-missing → 202",
  "v1.endpoint.rotate-secret: post /app/{app_id}/endpoint/{endpoint_id}/secret/rotate → 200, 204",
  "v1.endpoint.send-example: post /app/{app_id}/endpoint/{endpoint_id}/send-example → 200",
  "v1.endpoint.set-request-format: put /app/{app_id}/endpoint/{endpoint_id}/request-format → 200",
  "v1.endpoint.set-retry-schedule: put /app/{app_id}/endpoint/{endpoint_id}/retry-schedule → 200",
  "v1.endpoint.update-headers: put /app/{app_id}/endpoint/{endpoint_id}/headers → 204",
  "v1.endpoint.update: put /app/{app_id}/endpoint/{endpoint_id} → 200, 201",
  "v1.environment.export: post /environment/export → 200",
  "v1.environment.get-egress-ips: get /egress-ips → 200",
  "v1.environment.get-settings: get /environment/settings → 200",
  "v1.environment.import: post /environment/import → 204",
  "v1.event-schedule.create: post /v1/event-schedules → 201",
  "v1.event-schedule.delete: delete /v1/event-schedules/{schedule_id} → 204",
  "v1.event-schedule.list: get /v1/event-schedules → 200",
  "v1.event-type.create: post /event-type → 201",
  "v1.event-type.delete: delete /event-type/{event_type_name} → 204",
  "v1.event-type.get-retry-schedule: get /event-type/{event_type_name}/retry-schedule → 200",
  "v1.event-type.get: get /event-type/{event_type_name} → 200",
  "v1.event-type.import-openapi: post /event-type/import/openapi → 200",
  "v1.event-type.import-template: post /event-type-template/{template_name}/import → 200",
  "v1.event-type.list-templates: get /event-type-template → 200",
  "v1.event-type.list: get /event-type → 200",
  "v1.event-type.set-retry-schedule: put /event-type/{event_type_name}/retry-schedule → 200",
  "v1.event-type.update: put /event-type/{event_type_name} → 200, 201",
  "v1.event.publish: post /v1/events → 202, 207",
  "v1.event.trigger: post /v1/events/{event_type_name}/trigger → 202",
  "v1.health.get: get /health → 200",
  "v1.health.ping: get /health/ping → 204",
  "v1.message-attempt.cancel: post /app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/cancel → 204",
  "v1.message-attempt.export-deliveries: get /app/{app_id}/delivery/export → 200",
  "v1.message-attempt.expunge-content: delete /app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content → 204",
  "v1.message-attempt.get-headers: get /app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/headers → 200",
  "v1.message-attempt.get: get /app/{app_id}/msg/{msg_id}/attempt/{attempt_id} → 200",
  "v1.message-attempt.list-attempted-destinations: get /app/{app_id}/msg/{msg_id}/endpoint → 200",
  "v1.message-attempt.list-attempted-messages: get /app/{app_id}/endpoint/{endpoint_id}/msg → 200",
  "v1.message-attempt.list-by-endpoint-deprecated: get /app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/attempt → 200",
  "v1.message-attempt.list-by-endpoint: get /app/{app_id}/attempt/endpoint/{endpoint_id} → 200",
  "v1.message-attempt.list-by-msg-deprecated: get /app/{app_id}/msg/{msg_id}/attempt → 200",
  "v1.message-attempt.list-by-msg: get /app/{app_id}/attempt/msg/{msg_id} → 200",
  "v1.message-attempt.resend: post /app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend → 202",
  "v1.message.bulk-expunge-content: post /app/{app_id}/msg/bulk-expunge → 200",
  "v1.message.create: post /app/{app_id}/msg → 202",
  "v1.message.deliveries: get /app/{app_id}/msg/{msg_id}/delivery → 200",
  "v1.message.expunge-all-contents: post /app/{app_id}/msg/expunge-all-contents → 202",
  "v1.message.expunge-content: delete /app/{app_id}/msg/{msg_id}/content → 204",
  "v1.message.get-raw-payload: get /app/{app_id}/msg/{msg_id}/raw → 200",
  "v1.message.get: get /app/{app_id}/msg/{msg_id} → 200",
  "v1.message.list: get /app/{app_id}/msg → 200",
  "v1.message.precheck: post /app/{app_id}/msg/precheck/active → 200",
  "v1.message.search: post /app/{app_id}/msg/search → 200",
  "v1.message.test-attempt: post /app/{app_id}/endpoint/{endpoint_id}/msg/test-attempt → 201",
  "v1.operational-webhook.endpoint.create: post /operational-webhook/endpoint → 201",
  "v1.operational-webhook.endpoint.delete: delete /operational-webhook/endpoint/{endpoint_id} → 204",
  "v1.operational-webhook.endpoint.get-headers: get /operational-webhook/endpoint/{endpoint_id}/headers → 200",
  "v1.operational-webhook.endpoint.get-secret: get /operational-webhook/endpoint/{endpoint_id}/secret → 200",
  "v1.operational-webhook.endpoint.get: get /operational-webhook/endpoint/{endpoint_id} → 200",
  "v1.operational-webhook.endpoint.list: get /operational-webhook/endpoint → 200",
  "v1.operational-webhook.endpoint.rotate-secret: post /operational-webhook/endpoint/{endpoint_id}/secret/rotate → 200, 204",
  "v1.operational-webhook.endpoint.set-headers: put /operational-webhook/endpoint/{endpoint_id}/headers → 204",
  "v1.operational-webhook.endpoint.upsert: put /operational-webhook/endpoint/{endpoint_id} → 200, 201",
  "v1.organization.get-settings: get /organization/settings → 200",
  "v1.organization.patch-settings: patch /organization/settings → 200",
  "v1.play.clear-requests: delete /play/{play_id}/request → 204",
  "v1.play.create: post /play → 201",
  "v1.play.delete: delete /play/{play_id} → 204",
  "v1.play.get: get /play/{play_id} → 200",
  "v1.play.list-requests: get /play/{play_id}/request → 200",
  "v1.play.live: get /play/{play_id}/live → 200",
  "v1.play.patch: patch /play/{play_id} → 200",
  "v1.statistics.aggregate-app-stats: post /stats/usage/app → 202",
  "v1.statistics.aggregate-event-types: put /stats/usage/event-types → 202",
  "v1.statistics.overview: get /stats/overview → 200",
  "v1.stats.app-attempts: get /stats/app/{app_id}/attempt → 200",
  "v1.stats.app-latencies: get /stats/app/{app_id}/attempt/latency → 200",
  "v1.webhook.create: post /v1/webhooks → 201",
  "v1.webhook.delete: delete /v1/webhooks/{webhook_id} → 204",
  "v1.webhook.get: get /v1/webhooks/{webhook_id} → 200",
  "v1.webhook.list-deliveries: get /v1/webhooks/{webhook_id}/deliveries → 200",
  "v1.webhook.list: get /v1/webhooks → 200",
  "v1.webhook.patch: patch /v1/webhooks/{webhook_id} → 200",
  "v1.webhook.test: post /v1/webhooks/{webhook_id}/test → 200",
];
