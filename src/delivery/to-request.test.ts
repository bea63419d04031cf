import { createHash, createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { PLAIN_FORMAT, type RequestFormat } from "../domain/request-format.ts";
import type { AttemptToMake } from "../store/store.ts";
import { toRequest } from "./to-request.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const DEPS = { headerSet: "webhook", userAgent: "Posthorn/test" } as const;

function attempt(changes: Partial<AttemptToMake> = {}): AttemptToMake {
  return {
    messageId: "msg_1",
    endpointId: "ep_1",
    applicationId: "app_1",
    attemptNumber: 1,
    eventType: "invoice.paid",
    url: "https://example.com/",
    headers: { "X-Tenant": "acme" },
    secrets: [SECRET],
    payload: Buffer.from('{ "n": 1.0 }'),
    contentType: null,
    requestFormat: null,
    retrySchedule: null,
    throttle: null,
    scheduleFrom: 0,
    labels: [],
    isTest: false,
    ...changes,
  };
}

function formatted(format: Partial<RequestFormat>, changes: Partial<AttemptToMake> = {}) {
  return toRequest(DEPS, attempt({ requestFormat: { ...PLAIN_FORMAT, ...format }, ...changes }));
}

const hash = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

describe("a request", () => {
  it("without a format has the very payload, and the headers as ever", () => {
    const one = attempt();
    const { body, headers, kept } = toRequest(DEPS, one);
    expect(body).toBe(one.payload);
    expect(Object.keys(headers)).toEqual([
      "X-Tenant",
      "content-type",
      "user-agent",
      "webhook-id",
      "webhook-timestamp",
      "webhook-signature",
    ]);
    expect(kept).toEqual({ ...headers, "X-Tenant": null });
  });

  it("from a sandbox says so, in whatever format, and live ones do not", () => {
    const tried = [toRequest(DEPS, attempt({ isTest: true })), formatted({}, { isTest: true })];
    for (const { headers, kept } of tried) {
      expect(headers["posthorn-mode"]).toBe("test");
      expect(kept["posthorn-mode"]).toBe("test");
    }
    expect(toRequest(DEPS, attempt()).headers).not.toHaveProperty("posthorn-mode");
  });

  it("is signed and hashed as it is sent, token and all", () => {
    const { body, headers } = formatted({
      body: "event-data",
      bodyToken: { path: "token", token: "open sesame" },
      hexSignature: { header: "x-runa-signature", secret: "a secret" },
      checksum: true,
    });
    const sent = Buffer.from(body).toString();
    expect(sent).toBe('{"event":"invoice.paid","data":{"n":1},"token":"open sesame"}');
    expect(() => new Webhook(SECRET).verify(sent, headers)).not.toThrow();
    const hmac = createHmac("sha256", "a secret").update(sent).digest("hex");
    expect(headers["x-runa-signature"]).toBe(hmac);
    expect(headers["x-checksum-sha256"]).toBe(hash(body));
    expect(headers["content-type"]).toBe("application/json");
    expect(headers).not.toHaveProperty("posthorn-body-token");
  });

  it("is kept without the tokens in it", () => {
    const { headers, kept } = formatted({
      authToken: "open sesame",
      hexSignature: { header: "x-mark", secret: "a secret" },
    });
    expect(headers["x-auth-token"]).toBe("open sesame");
    expect(kept).toEqual({ ...headers, "X-Tenant": null, "x-auth-token": null });
    expect(JSON.stringify(kept)).not.toMatch(/open sesame|a secret/);
  });

  it("says that its token was left out", () => {
    const bodyToken = { path: "token", token: "open sesame" };
    const { body, headers, kept } = formatted({ bodyToken }, { payload: Buffer.from("[ 1 ]") });
    expect(Buffer.from(body).toString()).toBe("[ 1 ]");
    expect(headers["posthorn-body-token"]).toBe("left-out");
    expect(kept["posthorn-body-token"]).toBe("left-out");
  });

  it("has one header of a name, and that is the format's", () => {
    const headers = { "X-Auth-Token": "old", "X-Other": "kept", Constructor: "kept, too" };
    const made = formatted({ authToken: "open sesame" }, { headers });
    expect(made.headers).toMatchObject({ "x-auth-token": "open sesame", "X-Other": "kept" });
    expect(made.headers).toMatchObject({ Constructor: "kept, too" });
    expect(made.headers).not.toHaveProperty("X-Auth-Token");
    expect(made.kept).not.toHaveProperty("X-Auth-Token");
  });
});
