import { setTimeout as delay } from "node:timers/promises";
import {
  ApiException,
  BackgroundTaskStatus,
  MessageAttemptTriggerType,
  Svix,
  type HttpErrorOut,
  type HTTPValidationError,
} from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Installation } from "../support/installation.ts";
import { startReceiver, type Receiver } from "../support/receiver.ts";
import { startInstallation } from "../support/start-installation.ts";
import { waitFor } from "../support/wait-for.ts";
import { NOT_SERVED } from "./not-served.ts";
import { methodsOf, recording } from "./sdk-methods.ts";

const APP = "customer";
const HOUR_MS = 3_600_000;
const PAGE = 2;

const called = new Set<string>();
let posthorn: Installation;
let receiver: Receiver;
let svix: Svix;
beforeAll(async () => {
  receiver = await startReceiver(({ path }) => ({ status: path === "/failing" ? 500 : 200 }));
  posthorn = await startInstallation();
  svix = recording(new Svix(posthorn.token, { serverUrl: posthorn.url }), called);
  await svix.application.create({ name: "Customer", uid: APP });
});
afterAll(async () => {
  await posthorn[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

type List<Item> = {
  readonly data: readonly Item[];
  readonly done: boolean;
  readonly iterator: string | null;
  readonly prevIterator?: string | null;
};

/** All items, page by page. Throws unless going back from the last page names them all again. */
async function bothWays<Item>(
  list: (options: { limit: number; iterator?: string }) => Promise<List<Item>>,
): Promise<readonly Item[]> {
  let page = await list({ limit: PAGE });
  const pages = [page.data];
  while (!page.done) {
    page = await list({ limit: PAGE, iterator: page.iterator ?? expect.unreachable() });
    if (page.data.length > 0) pages.push(page.data);
  }
  expect(pages.length, "more than one page").toBeGreaterThan(1);

  const back: (readonly Item[])[] = [page.data];
  while (page.prevIterator !== undefined && page.prevIterator !== null) {
    page = await list({ limit: PAGE, iterator: page.prevIterator });
    if (page.data.length > 0) back.unshift(page.data);
  }
  expect(back.flat()).toEqual(pages.flat());
  return pages.flat();
}

async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly code: number; readonly body: HttpErrorOut | HTTPValidationError }> {
  const error: unknown = await call.then(
    () => expect.unreachable("was not refused"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiException)) throw error;
  return { code: error.code, body: error.body as HttpErrorOut | HTTPValidationError };
}

async function newEndpoint(path = "/"): Promise<string> {
  return (await svix.endpoint.create(APP, { url: receiver.urlOf(path) })).id;
}

async function newMessage(eventType = "invoice.paid"): Promise<string> {
  return (await svix.message.create(APP, { eventType, payload: { total: 100 } })).id;
}

/** Resolves with the attempt that the message has had at the endpoint. */
async function attempted(messageId: string, endpointId: string) {
  return waitFor(`an attempt of ${messageId}`, async () => {
    const { data } = await svix.messageAttempt.listByMsg(APP, messageId, { endpointId });
    return data[0];
  });
}

async function finished(taskId: string) {
  return waitFor(`the end of ${taskId}`, async () => {
    const task = await svix.backgroundTask.get(taskId);
    return task.status === BackgroundTaskStatus.Running ? undefined : task;
  });
}

it("svix.application: everything", async () => {
  const { id } = await svix.application.create({ name: "One", uid: "one", metadata: { a: "b" } });
  expect(await svix.application.getOrCreate({ name: "Two", uid: "one" })).toMatchObject({ id });
  expect(await svix.application.get("one")).toMatchObject({ id, metadata: { a: "b" } });
  expect(await svix.application.upsert("one", { name: "1", uid: "one" })).toMatchObject({ id });
  const patched = await svix.application.patch(id, { name: "1st", throttleRate: 5 });
  expect(patched).toMatchObject({ name: "1st", throttleRate: 5, createdAt: expect.any(Date) });

  for (const name of ["a", "b", "c"]) await svix.application.create({ name });
  const all = await bothWays((options) => svix.application.list(options));
  expect(all.map(({ name }) => name).toSorted()).toEqual(["1st", "Customer", "a", "b", "c"]);

  await svix.application.delete(id);
  expect((await refusal(svix.application.get(id))).code).toBe(404);
});

describe("svix.endpoint", () => {
  it("is created, read, changed, listed and deleted", async () => {
    const url = receiver.urlOf("/");
    const created = await svix.endpoint.create(APP, { url, uid: "first", channels: ["a"] });
    expect(await svix.endpoint.get(APP, "first")).toEqual(created);
    const replaced = await svix.endpoint.upsert(APP, "first", { url, description: "1st" });
    expect(replaced).toMatchObject({ id: created.id, description: "1st", channels: null });
    const patched = await svix.endpoint.patch(APP, created.id, { disabled: true });
    expect(patched).toMatchObject({ disabled: true, description: "1st" });
    for (let i = 0; i < 3; i++) await newEndpoint();
    const all = await bothWays((options) => svix.endpoint.list(APP, options));
    expect(all.map(({ id }) => id)).toContain(created.id);
    await svix.endpoint.delete(APP, created.id);
    expect((await refusal(svix.endpoint.get(APP, created.id))).code).toBe(404);
  });

  it("has secrets and headers", async () => {
    const id = await newEndpoint();
    const { key } = await svix.endpoint.getSecret(APP, id);
    await svix.endpoint.rotateSecret(APP, id, {});
    expect((await svix.endpoint.getSecret(APP, id)).key).not.toBe(key);
    await svix.endpoint.setHeaders(APP, id, { headers: { "x-a": "1", authorization: "secret" } });
    await svix.endpoint.patchHeaders(APP, id, { headers: { "x-b": "2" }, deleteHeaders: ["x-a"] });
    expect(await svix.endpoint.getHeaders(APP, id)).toEqual({
      headers: { "x-b": "2" },
      sensitive: ["authorization"],
    });
  });

  it("counts its attempts", async () => {
    const id = await newEndpoint();
    await attempted(await newMessage(), id);
    const since = new Date(Date.now() - HOUR_MS);
    expect(await svix.endpoint.getStats(APP, id, { since })).toMatchObject({ success: 1, fail: 0 });
  });

  it("is sent an example", async () => {
    const schemas = { "1": { type: "object", examples: [{ total: 42 }] } };
    await svix.eventType.create({ name: "with.example", description: "", schemas });
    const id = await newEndpoint("/example");
    const sent = await svix.endpoint.sendExample(APP, id, { eventType: "with.example" });
    expect(sent).toMatchObject({ eventType: "with.example", payload: { total: 42 } });
    const [request] = await receiver.arrived(1, "/example");
    expect(JSON.parse(String(request?.body))).toEqual({ total: 42 });
  });

  it("is sent what it missed, in background tasks", async () => {
    const since = new Date(Date.now() - HOUR_MS);
    const early = await newMessage("late.one");
    const id = await newEndpoint("/late");
    const replay = await svix.endpoint.replayMissing(APP, id, { since });
    expect(replay).toMatchObject({ task: "endpoint.replay", updatedAt: expect.any(Date) });
    expect(await finished(replay.id)).toMatchObject({ status: "finished" });
    await attempted(early, id);

    const again = await svix.endpoint.bulkReplay(APP, id, { since, eventTypes: ["late.one"] });
    expect(await finished(again.id)).toMatchObject({ task: "endpoint.bulk-replay" });
    const recovered = await svix.endpoint.recover(APP, id, { since });
    expect(await finished(recovered.id)).toMatchObject({ task: "endpoint.recover" });
    const tasks = await bothWays((options) => svix.backgroundTask.list(options));
    expect(tasks.map((task) => task.id)).toEqual(
      expect.arrayContaining([replay.id, again.id, recovered.id]),
    );
  });
});

describe("svix.eventType", () => {
  it("is created, read, changed, listed and deleted", async () => {
    const name = "user.created";
    await svix.eventType.create({ name, description: "A user" });
    expect(await svix.eventType.get(name)).toMatchObject({ name, archived: false });
    await svix.eventType.upsert(name, { description: "Somebody new" });
    const patched = await svix.eventType.patch(name, { deprecated: true });
    expect(patched).toMatchObject({ description: "Somebody new", deprecated: true });
    for (const other of ["x.1", "x.2"]) {
      await svix.eventType.create({ name: other, description: "" });
    }
    const all = await bothWays((options) => svix.eventType.list(options));
    expect(all.map((one) => one.name)).toEqual(expect.arrayContaining([name, "x.1", "x.2"]));
    await svix.eventType.delete(name, { expunge: true });
    expect((await refusal(svix.eventType.get(name))).code).toBe(404);
  });

  it("is imported from an OpenAPI document", async () => {
    const schema = { type: "object", properties: { id: { type: "string" } } };
    const spec = {
      openapi: "3.1.0",
      info: { title: "Shop", version: "1" },
      webhooks: {
        "pet.new": {
          post: {
            description: "A new pet",
            requestBody: { content: { "application/json": { schema } } },
            responses: { "200": { description: "Thanks" } },
          },
        },
      },
    };
    const dry = await svix.eventType.importOpenapi({ spec, dryRun: true });
    expect(dry.data.toModify?.map(({ name }) => name)).toEqual(["pet.new"]);
    expect((await refusal(svix.eventType.get("pet.new"))).code).toBe(404);
    const done = await svix.eventType.importOpenapi({ specRaw: JSON.stringify(spec) });
    expect(done.data.modified).toEqual(["pet.new"]);
    expect(await svix.eventType.get("pet.new")).toMatchObject({ description: "A new pet" });
  });
});

describe("svix.message", () => {
  it("is created once, read and listed", async () => {
    const message = { eventType: "invoice.paid", eventId: "evt-1", payload: { total: 100 } };
    const once = { idempotencyKey: "only-once" };
    const created = await svix.message.create(APP, message, once);
    expect(await svix.message.create(APP, message, once)).toEqual(created);
    const all = { withContent: true };
    expect(await svix.message.get(APP, "evt-1", all)).toMatchObject({
      id: created.id,
      payload: { total: 100 },
      timestamp: created.timestamp,
    });
    for (let i = 0; i < 3; i++) await newMessage("listed");
    const eventTypes = ["listed", "invoice.paid"];
    const listed = await bothWays((options) => svix.message.list(APP, { ...options, eventTypes }));
    expect(listed.map(({ id }) => id)).toContain(created.id);
  });

  it("would reach somebody, or nobody", async () => {
    const { id } = await svix.application.create({ name: "With one endpoint" });
    await svix.eventType.create({ name: "wanted", description: "" });
    await svix.endpoint.create(id, { url: receiver.urlOf("/"), eventTypes: ["wanted"] });
    expect(await svix.message.precheck(id, { eventType: "wanted" })).toEqual({ active: true });
    expect(await svix.message.precheck(id, { eventType: "other" })).toEqual({ active: false });
  });

  it("loses its payload: one, several, all", async () => {
    const { id: app } = await svix.application.create({ name: "To be forgotten" });
    const send = async (): Promise<string> =>
      (await svix.message.create(app, { eventType: "a", payload: { secret: 1 } })).id;
    const [first, second, third] = [await send(), await send(), await send()];
    await svix.message.expungeContent(app, first);
    const unknown = `${second.slice(0, -1)}${second.endsWith("0") ? "1" : "0"}`;
    expect(
      (await svix.message.bulkExpungeContent(app, { ids: [second, unknown] })).results,
    ).toEqual({ [second]: "expunged", [unknown]: "not-found" });
    const task = await svix.message.expungeAllContents(app);
    expect(await finished(task.id)).toMatchObject({ task: "application.purge_content" });
    for (const id of [first, second, third]) {
      const { payload } = await svix.message.get(app, id, { withContent: true });
      expect(payload).toEqual({ expired: true });
    }
  });
});

describe("svix.messageAttempt", () => {
  it("is listed from each side, read, repeated, and loses its answer", async () => {
    const endpointId = await newEndpoint();
    const messages = [await newMessage(), await newMessage(), await newMessage()];
    for (const id of messages) await attempted(id, endpointId);
    const [messageId = ""] = messages;
    const attempt = await attempted(messageId, endpointId);
    const read = await svix.messageAttempt.get(APP, messageId, attempt.id);
    expect(read).toMatchObject({
      msgId: messageId,
      status: 0,
      statusText: "success",
      triggerType: 0,
    });

    const byEndpoint = await bothWays((options) =>
      svix.messageAttempt.listByEndpoint(APP, endpointId, options),
    );
    expect(byEndpoint.map(({ msgId }) => msgId).toSorted()).toEqual(messages.toSorted());
    const attemptedMessages = await bothWays((options) =>
      svix.messageAttempt.listAttemptedMessages(APP, endpointId, options),
    );
    expect(attemptedMessages.map(({ id }) => id).toSorted()).toEqual(messages.toSorted());
    const destinations = await bothWays((options) =>
      svix.messageAttempt.listAttemptedDestinations(APP, messageId, options),
    );
    expect(destinations.map(({ id }) => id)).toContain(endpointId);

    await svix.messageAttempt.resend(APP, messageId, endpointId);
    await waitFor("the second attempt", async () => {
      const { data } = await svix.messageAttempt.listByMsg(APP, messageId, { endpointId });
      return data.find(({ triggerType }) => triggerType === MessageAttemptTriggerType.Manual);
    });
    await svix.messageAttempt.expungeContent(APP, messageId, attempt.id);
    const { response } = await svix.messageAttempt.get(APP, messageId, attempt.id);
    expect(response).toBe("EXPUNGED");
  });
});

describe("svix.authentication", () => {
  const asApplication = (token: string): Svix => new Svix(token, { serverUrl: posthorn.url });

  it("gives a customer a token that may see one application, until it logs out", async () => {
    const { token, url } = await svix.authentication.appPortalAccess(APP, {});
    expect(new URL(url).hash).not.toBe("");
    const customer = recording(asApplication(token), called);
    expect(await customer.application.get(APP)).toMatchObject({ uid: APP });
    expect((await refusal(customer.application.list())).code).toBe(403);
    await customer.authentication.logout();
    expect((await refusal(customer.application.get(APP))).code).toBe(401);
    expect(await svix.application.get(APP)).toMatchObject({ uid: APP });
  });

  it("ends all of an application's tokens", async () => {
    const { token } = await svix.authentication.appPortalAccess(APP, { sessionId: "s1" });
    await svix.authentication.expireAll(APP, { expiry: 0 });
    await waitFor("the end of the token", async () => {
      const gone = await asApplication(token)
        .endpoint.list(APP)
        .then(
          () => undefined,
          (error: ApiException<unknown>) => error.code,
        );
      if (gone === undefined) await delay(100);
      return gone;
    }).then((code) => expect(code).toBe(401));
  });
});

it("svix.operationalWebhook.endpoint: everything", async () => {
  const { endpoint } = svix.operationalWebhook;
  const url = receiver.urlOf("/operations");
  const { id } = await endpoint.create({ url, uid: "ops", headers: { "x-a": "1" } });
  expect(await endpoint.get("ops")).toMatchObject({ id, url });
  await endpoint.upsert(id, { url, uid: "ops", description: "Ours" });
  expect(await endpoint.get(id)).toMatchObject({ description: "Ours" });
  const { key } = await endpoint.getSecret(id);
  await endpoint.rotateSecret(id, {});
  expect((await endpoint.getSecret(id)).key).not.toBe(key);
  expect((await endpoint.getHeaders(id)).headers).toEqual({ "x-a": "1" });
  await endpoint.setHeaders(id, { headers: { "x-b": "2" } });
  expect((await endpoint.getHeaders(id)).headers).toEqual({ "x-b": "2" });
  for (let i = 0; i < 3; i++) await endpoint.create({ url, disabled: true });
  const all = await bothWays((options) => endpoint.list(options));
  expect(all).toHaveLength(4);
  for (const one of all) await endpoint.delete(one.id);
  expect((await endpoint.list()).data).toEqual([]);
});

it("svix.environment: what is exported can be imported", async () => {
  await svix.eventType.create({ name: "moves.along", description: "As it was" });
  const exported = await svix.environment.export();
  await svix.eventType.delete("moves.along", { expunge: true });
  const { settings } = exported;
  const eventTypes = exported.eventTypes.filter(({ name }) => name === "moves.along");
  await svix.environment.import({ settings, eventTypes });
  expect(await svix.eventType.get("moves.along")).toMatchObject({ description: "As it was" });
});

it("svix.statistics: both are counted in background tasks", async () => {
  const until = new Date();
  const since = new Date(until.getTime() - HOUR_MS);
  const unknown = "no-such-application";
  const usage = await svix.statistics.aggregateAppStats({ since, until, appIds: [APP, unknown] });
  expect(usage).toMatchObject({ task: "application.stats", unresolvedAppIds: [unknown] });
  expect(await finished(usage.id)).toMatchObject({ status: "finished" });
  const eventTypes = await svix.statistics.aggregateEventTypes();
  expect(eventTypes).toMatchObject({ task: "event-type.aggregate" });
  expect(await finished(eventTypes.id)).toMatchObject({ status: "finished" });
});

it("svix.health: well", async () => {
  await svix.health.get();
});

describe("what is refused", () => {
  it("is an ApiException with a code and a detail", async () => {
    const missing = await refusal(svix.endpoint.get(APP, "no-such-endpoint"));
    expect(missing).toMatchObject({ code: 404, body: { code: "not_found" } });
    const taken = await refusal(svix.application.create({ name: "Again", uid: APP }));
    expect(taken).toMatchObject({ code: 409, body: { code: "conflict" } });
    const stranger = new Svix("nobody", { serverUrl: posthorn.url });
    const unknown = await refusal(stranger.application.list());
    expect(unknown).toMatchObject({ code: 401, body: { code: "authentication_failed" } });
    for (const { body } of [missing, taken, unknown]) expect(body.detail).not.toBe("");
  });

  it("says of a wrong body what is wrong where", async () => {
    const wrong = svix.endpoint.create(APP, { url: "ftp://a.example", throttleRate: 0 });
    const { code, body } = await refusal(wrong);
    const isAbout = (field: string): object => ({
      loc: ["body", field],
      msg: expect.stringMatching(/./),
      type: expect.stringMatching(/./),
    });
    expect(code).toBe(422);
    expect(body.detail).toEqual(expect.arrayContaining([isAbout("url"), isAbout("throttleRate")]));
  });
});

describe("of all that the client can call", () => {
  const methods = methodsOf(new Svix("nobody", { serverUrl: "http://127.0.0.1" }));

  it("what is served was called here, and the rest is listed as not served", () => {
    const known = [...called, ...NOT_SERVED].toSorted();
    expect(known).toEqual(methods.map(({ name }) => name).toSorted());
  });

  it("what is not served is not in the API's document either, and what is, is", async () => {
    const answer = await fetch(`${posthorn.url}/api/v1/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
    const nameless = (path: string): string => path.replaceAll(/\{\w+\}/g, "{}");
    const served = new Set(
      Object.entries(paths).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${nameless(path)}`),
      ),
    );
    for (const { name, operation } of methods) {
      if (operation === undefined) continue;
      const isServed = served.has(`${operation.method} ${nameless(operation.path)}`);
      expect(isServed, `${name} is served`).toBe(!NOT_SERVED.includes(name));
    }
  });
});
