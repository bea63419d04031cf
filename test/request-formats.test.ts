import { createHash, createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCustomer, ended, send, type Customer } from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { startGuideReceiver } from "./support/guide-receiver.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

const SECRET = "the secret that was agreed on";
const TOKEN = "open-sesame!";
const PAYLOAD = { id: "pg_1", 10: "ten", name: "Zoë 🎺 \u2028 \ud800", big: 2 ** 60, small: -0 };
const EVENT_DATA = { body: "event-data", hexSignature: { secret: SECRET } };

let posthorn: Installation;
beforeAll(async () => {
  posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "50ms" } });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

async function formatted(url: string, format: object): Promise<Customer> {
  const customer = await createCustomer(posthorn, url);
  await call(posthorn, "PUT", `${endpointPath(customer)}/request-format`, format);
  return customer;
}

function endpointPath({ applicationId, endpointIds }: Customer): string {
  return `app/${applicationId}/endpoint/${endpointIds[0]}`;
}

const hmac = (body: string | Buffer) => createHmac("sha256", SECRET).update(body).digest("hex");
const sha256 = (body: Buffer) => createHash("sha256").update(body).digest("hex");

/** 500 at first, then 401 to whatever is not as it should be. */
function pickyReceiver(isGenuine: (request: Received) => boolean) {
  return startReceiver((request, count) => {
    if (count === 1) return { status: 500 };
    return { status: isGenuine(request) ? 204 : 401 };
  });
}

describe("requests in a format", () => {
  it("are accepted by a receiver that signs what it has parsed", async () => {
    await using receiver = await startGuideReceiver(SECRET);
    const customer = await formatted(receiver.url, EVENT_DATA);
    const messageId = await send(posthorn, customer, PAYLOAD);
    expect((await ended(posthorn, messageId)).state).toBe("succeeded");
    expect(receiver.bodies).toEqual([{ event: "invoice.paid", data: { ...PAYLOAD, small: 0 } }]);
  });

  it("are accepted by a receiver that signs the raw bytes, and by the stock client, at each attempt", async () => {
    let secret = "";
    await using receiver = await pickyReceiver(({ body, headers }) => {
      const standard = Object.fromEntries(
        ["id", "timestamp", "signature"].map((name) => [
          `webhook-${name}`,
          String(headers[`webhook-${name}`]),
        ]),
      );
      new Webhook(secret).verify(body.toString(), standard);
      return headers["x-runa-signature"] === hmac(body);
    });
    const customer = await formatted(receiver.urlOf("/"), EVENT_DATA);
    const { applicationId, endpointIds } = customer;
    const [endpointId = ""] = endpointIds;
    secret = (await posthorn.svix.endpoint.getSecret(applicationId, endpointId)).key;
    const messageId = await send(posthorn, customer, PAYLOAD);
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "succeeded", attemptsMade: 2 });
    await posthorn.svix.messageAttempt.resend(applicationId, messageId, endpointId);
    const requests = await receiver.arrived(3);
    const bodies = new Set(requests.map(({ body }) => body.toString()));
    expect([...bodies]).toEqual([
      JSON.stringify({ event: "invoice.paid", data: JSON.parse(JSON.stringify(PAYLOAD)) }),
    ]);
    expect(receiver.requests.map(({ headers }) => headers["x-runa-signature"])).toEqual(
      requests.map(({ body }) => hmac(body)),
    );
  });

  it("carry a token in a header, which the log withholds, and have the payload's own bytes", async () => {
    await using receiver = await pickyReceiver(({ headers }) => headers["x-auth-token"] === TOKEN);
    const customer = await formatted(receiver.urlOf("/"), { authToken: TOKEN });
    const messageId = await send(posthorn, customer);
    expect((await ended(posthorn, messageId)).state).toBe("succeeded");
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(
      Array.from({ length: 2 }, () => '{"total":100}'),
    );
    const { applicationId } = customer;
    const { data } = await posthorn.svix.messageAttempt.listByMsg(applicationId, messageId);
    for (const { id } of data) {
      const path = `${posthorn.url}/api/v1/app/${applicationId}/msg/${messageId}/attempt/${id}/headers`;
      const authorization = `Bearer ${posthorn.token}`;
      const text = await (await fetch(path, { headers: { authorization } })).text();
      expect(JSON.parse(text)).toMatchObject({ sensitive: ["x-auth-token"] });
      expect(text).not.toContain(TOKEN);
    }
  });

  it("carry a checksum of what is sent, and a token in the body, also as an example", async () => {
    await using receiver = await pickyReceiver(({ body, headers }) => {
      const { meta } = JSON.parse(body.toString()) as { meta?: { auth?: { token?: unknown } } };
      return meta?.auth?.token === TOKEN && headers["x-checksum-sha256"] === sha256(body);
    });
    const bodyToken = { path: "meta.auth.token", token: TOKEN };
    const customer = await formatted(receiver.urlOf("/"), { bodyToken, checksum: true });
    const messageId = await send(posthorn, customer);
    expect((await ended(posthorn, messageId)).state).toBe("succeeded");
    expect(receiver.requests[1]?.body.toString()).toBe(
      `{"total":100,"meta":{"auth":{"token":"${TOKEN}"}}}`,
    );
    await posthorn.svix.eventType.create({
      name: "example.sent",
      description: "",
      schemas: { "1": { type: "object", examples: [{ n: 1 }] } },
    });
    const example = { eventType: "example.sent" };
    const sent = await call(posthorn, "POST", `${endpointPath(customer)}/send-example`, example);
    expect((await ended(posthorn, sent.id)).state).toBe("succeeded");
    const message = await posthorn.store.messages.find(customer.applicationId, messageId, true);
    expect(Buffer.from(message?.payload ?? "").toString()).toBe('{"total":100}');
  });

  it("without room for a token say so, and the log says it, too", async () => {
    await using receiver = await startReceiver();
    const bodyToken = { path: "total.token", token: TOKEN };
    const customer = await formatted(receiver.urlOf("/"), { bodyToken });
    await ended(posthorn, await send(posthorn, customer));
    const [request] = receiver.requests;
    expect(request?.headers["posthorn-body-token"]).toBe("left-out");
    expect(request?.body.toString()).toBe('{"total":100}');
  });

  it("change with the next attempt", async () => {
    await using receiver = await startReceiver();
    const customer = await formatted(receiver.urlOf("/"), EVENT_DATA);
    await ended(posthorn, await send(posthorn, customer));
    await call(posthorn, "PUT", `${endpointPath(customer)}/request-format`, {});
    await ended(posthorn, await send(posthorn, customer));
    const [before, after] = receiver.requests;
    expect(before?.headers).toHaveProperty("x-runa-signature");
    expect(after?.headers).not.toHaveProperty("x-runa-signature");
    expect(after?.body.toString()).toBe('{"total":100}');
  });
});
