import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Svix } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call } from "./support/call-api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

const MESSAGE = { eventType: "invoice.paid", payload: { total: 100 } };

type MadeKey = { readonly id: string; readonly key: string };

let posthorn: Installation;
beforeAll(async () => {
  const environment = { LOG_LEVEL: "trace", RETRY_SCHEDULE: "50ms" };
  posthorn = await startInstallation({ environment });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

async function makeKey(body: object = {}): Promise<MadeKey> {
  return call(posthorn, "POST", "api-key", { name: "One", ...body }) as Promise<MadeKey>;
}

async function ask(path: string, authorization: string, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(`${posthorn.url}${path}`, { ...init, headers: { authorization } });
  await answer.arrayBuffer();
  return answer.status;
}

describe("with API keys", () => {
  it("attempts from a sandbox say so, retries and resends, too, and live ones do not", async () => {
    await using receiver = await startReceiver((_, count) => ({ status: count === 1 ? 500 : 204 }));
    await posthorn.svix.application.create({ name: "Both", uid: "both" });
    for (const mode of ["live", "test"]) {
      const { key } = await makeKey({ mode });
      const svix = new Svix(key, { serverUrl: posthorn.url });
      const { id } = await svix.endpoint.create("both", { url: receiver.urlOf(`/${mode}`) });
      const { id: messageId } = await svix.message.create("both", MESSAGE);
      await receiver.arrived(2, `/${mode}`);
      await svix.messageAttempt.resend("both", messageId, id);
      await receiver.arrived(3, `/${mode}`);
    }
    const modesAt = (path: string) =>
      receiver.at(path).map(({ headers }) => headers["posthorn-mode"]);
    expect(modesAt("/test")).toEqual(["test", "test", "test"]);
    expect(modesAt("/live")).toEqual([undefined, undefined, undefined]);
  });

  it("no key is ever in the log, at whatever level, however it was used", async () => {
    const used = await makeKey();
    const rotated = await call(posthorn, "POST", `api-key/${used.id}/rotate`);
    const reads = await makeKey({ scopes: ["read"] });
    const revoked = await makeKey();
    const misspelled = `${reads.key.slice(0, -1)}${reads.key.endsWith("0") ? "1" : "0"}`;
    const revoke = `/api/v1/api-key/${revoked.id}`;
    expect(await ask(revoke, `Bearer ${posthorn.token}`, { method: "DELETE" })).toBe(204);

    const statuses = [
      await ask("/api/v1/app", `Bearer ${used.key}`),
      await ask("/v1/webhooks", `Bearer ${rotated.key}`),
      await ask("/api/v1/app", `Bearer ${reads.key}`, { method: "POST", body: "{}" }),
      await ask("/api/v1/app", `Bearer ${revoked.key}`),
      await ask("/api/v1/app", `Bearer ${misspelled}`),
      await ask("/api/v1/app", `Basic ${used.key}`),
      await ask(`/api/v1/app?api_key=${used.key}&last=1`, "Bearer nobody"),
      await ask(`/api/v1/app/${used.key}`, `Bearer ${used.key}`),
      await ask("/api/v1/app", `Bearer ${used.key}`, { method: "POST", body: used.key }),
    ];
    expect(statuses).toEqual([200, 400, 403, 401, 401, 401, 401, 404, 422]);

    const log = await waitFor("the last request in the log", () => {
      const text = readFileSync(join(posthorn.dataDir, "posthorn.log"), "utf8");
      return text.includes('"status":422') ? text : undefined;
    });
    expect(log).toContain("/api/v1/app?api_key=posthorn_live_…&last=1");
    for (const { key } of [used, rotated as MadeKey, reads, revoked, { key: misspelled }]) {
      const secret = key.slice("posthorn_live_".length);
      expect(log).not.toContain(secret.slice(0, 12));
      expect(log).not.toContain(Buffer.from(key).toString("base64").slice(0, -4));
    }
  });
});
