import { createPublicKey, verify } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Svix, Webhook as SvixWebhook } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCustomer, send, type Customer } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

/** All that a parser and a printer of JSON would change. */
const ODD_PAYLOAD =
  '{ "big" : 12345678901234567890.10,\t"exp":1E+2, "e":"\\u00e9\\/", "é":"é", "a":1, "a" : 2,\r\n "n":-0.0}';

let posthorn: Installation;
let svix: Svix;
beforeAll(async () => {
  posthorn = await startInstallation();
  svix = new Svix(posthorn.token, { serverUrl: posthorn.url });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

async function customerOf(receiver: Receiver) {
  const customer = await createCustomer(posthorn, receiver.urlOf("/"));
  return { customer, endpointId: customer.endpointIds[0] ?? "" };
}

function headersOf({ headers }: Received): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function sendOdd({ applicationId }: Customer): Promise<string> {
  const answer = await fetch(`${posthorn.url}/api/v1/app/${applicationId}/msg`, {
    method: "POST",
    headers: { authorization: `Bearer ${posthorn.token}`, "content-type": "application/json" },
    body: `{"payload":${ODD_PAYLOAD} ,"eventType":"invoice.paid"}`,
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}

describe("the stock verifiers", () => {
  it("accept what was sent with the stock client, and nothing else", async () => {
    await using receiver = await startReceiver();
    const { customer, endpointId } = await customerOf(receiver);
    const { key } = await svix.endpoint.getSecret(customer.applicationId, endpointId);
    const payload = { type: "invoice.paid", total: 100, note: "ü ✓" };
    const messageId = await send(posthorn, customer, payload);
    const [request] = await receiver.arrived(1);
    if (request === undefined) throw new Error("nothing arrived");

    const headers = headersOf(request);
    expect(headers["webhook-id"]).toBe(messageId);
    expect(headers["svix-id"]).toBe(messageId);
    expect(new StandardWebhook(key).verify(request.body, headers)).toEqual(payload);
    expect(() => new SvixWebhook(key).verify(request.body, headers)).not.toThrow();
    expect(JSON.parse(request.body.toString())).toEqual(payload);

    const forged = Buffer.from(request.body.toString().replace("100", "900"));
    expect(() => new StandardWebhook(key).verify(forged, headers)).toThrow();
    expect(() => new SvixWebhook(key).verify(forged, headers)).toThrow();
    const other = { ...headers, "webhook-id": "msg_other", "svix-id": "msg_other" };
    expect(() => new StandardWebhook(key).verify(request.body, other)).toThrow();
    expect(() => new SvixWebhook(key).verify(request.body, other)).toThrow();
  });

  it("accept each attempt, with its own timestamp", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 500 : 200,
    }));
    await using quick = await startInstallation({ environment: { RETRY_SCHEDULE: "1100ms" } });
    const customer = await createCustomer(quick, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const { key } = await quick.svix.endpoint.getSecret(customer.applicationId, endpointId);
    await send(quick, customer);
    const requests = await receiver.arrived(2);
    for (const request of requests)
      new StandardWebhook(key).verify(request.body, headersOf(request));
    expect(new Set(requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(requests.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(2);
  });

  it("accept a rotated secret, the old and the new", async () => {
    await using receiver = await startReceiver();
    const { customer, endpointId } = await customerOf(receiver);
    const { applicationId } = customer;
    const before = await svix.endpoint.getSecret(applicationId, endpointId);
    await svix.endpoint.rotateSecret(applicationId, endpointId, {});
    const after = await svix.endpoint.getSecret(applicationId, endpointId);
    expect(after.key).not.toBe(before.key);

    await send(posthorn, customer);
    const [request] = await receiver.arrived(1);
    if (request === undefined) throw new Error("nothing arrived");
    for (const { key } of [before, after]) {
      new StandardWebhook(key).verify(request.body, headersOf(request));
      new SvixWebhook(key).verify(request.body, headersOf(request));
    }
    expect(String(request.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  });
});

it("sends and shows the payload's bytes as they came", async () => {
  await using receiver = await startReceiver();
  const { customer, endpointId } = await customerOf(receiver);
  const messageId = await sendOdd(customer);
  const [request] = await receiver.arrived(1);
  expect(request?.body.toString()).toBe(ODD_PAYLOAD);
  expect(request?.headers["content-type"]).toBe("application/json");
  const { key } = await svix.endpoint.getSecret(customer.applicationId, endpointId);
  new StandardWebhook(key).verify(ODD_PAYLOAD, headersOf(request ?? expect.unreachable()));

  const shown = await fetch(
    `${posthorn.url}/api/v1/app/${customer.applicationId}/msg/${messageId}`,
    { headers: { authorization: `Bearer ${posthorn.token}` } },
  );
  expect(await shown.text()).toContain(`"payload":${ODD_PAYLOAD}`);
});

it("signs with a key pair where the endpoint has one", async () => {
  await using receiver = await startReceiver();
  await using ed25519 = await startInstallation({ environment: { SIGNATURE_TYPE: "ed25519" } });
  const customer = await createCustomer(ed25519, receiver.urlOf("/"));
  const [endpointId = ""] = customer.endpointIds;
  const { key } = await ed25519.svix.endpoint.getSecret(customer.applicationId, endpointId);
  expect(key).toMatch(/^whpk_/);
  await send(ed25519, customer);
  const [request] = await receiver.arrived(1);

  const headers = headersOf(request ?? expect.unreachable());
  const [version, signature = ""] = (headers["webhook-signature"] ?? "").split(",");
  expect(version).toBe("v1a");
  const x = Buffer.from(key.slice("whpk_".length), "base64").toString("base64url");
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${request?.body.toString()}`;
  const isValid = (text: string): boolean =>
    verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64"));
  expect(isValid(signed)).toBe(true);
  expect(isValid(`${signed} `)).toBe(false);
});

it("sends the endpoint's own headers", async () => {
  await using receiver = await startReceiver();
  const { customer, endpointId } = await customerOf(receiver);
  await svix.endpoint.patchHeaders(customer.applicationId, endpointId, {
    headers: { Authorization: "Bearer abc", "X-Tenant": "42" },
  });
  await send(posthorn, customer);
  const [request] = await receiver.arrived(1);
  expect(request?.headers).toMatchObject({ authorization: "Bearer abc", "x-tenant": "42" });
});

it("sends a message to each endpoint that its event type and channels concern", async () => {
  await using receiver = await startReceiver();
  const { id: applicationId } = await svix.application.create({ name: "Customer" });
  const subscribe = (path: string, filter: object) =>
    svix.endpoint.create(applicationId, { url: receiver.urlOf(path), ...filter });
  for (const name of ["invoice.paid", "user.created"]) {
    await svix.eventType.create({ name, description: name });
  }
  await subscribe("/all", {});
  await subscribe("/invoices", { eventTypes: ["invoice.paid"] });
  await subscribe("/users", { eventTypes: ["user.created"] });
  await subscribe("/berlin", { channels: ["berlin", "paris"] });
  await subscribe("/berlin-users", { channels: ["berlin"], eventTypes: ["user.created"] });
  await subscribe("/disabled", { disabled: true });

  const expected = [
    { eventType: "invoice.paid", channels: ["berlin"], paths: ["/all", "/berlin", "/invoices"] },
    { eventType: "invoice.paid", channels: undefined, paths: ["/all", "/invoices"] },
    { eventType: "invoice.paid", channels: ["rome"], paths: ["/all", "/invoices"] },
    {
      eventType: "user.created",
      channels: ["berlin", "rome"],
      paths: ["/all", "/berlin", "/berlin-users", "/users"],
    },
  ];
  let count = 0;
  for (const { eventType, channels, paths } of expected) {
    const message = { eventType, payload: {}, ...(channels && { channels }) };
    const { id } = await svix.message.create(applicationId, message);
    expect(await posthorn.store.messages.deliveries(id)).toHaveLength(paths.length);
    count += paths.length;
    const arrived = (await receiver.arrived(count)).slice(-paths.length);
    expect(arrived.map(({ headers }) => headers["svix-id"])).toEqual(paths.map(() => id));
    expect(arrived.map(({ path }) => path).toSorted()).toEqual(paths);
  }
});
