import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { HEALTHY } from "../../domain/endpoint-health.ts";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  createApplication,
  createEndpoint,
  NOW_MS,
  RAVEN,
} from "./fixtures.ts";

const PAYLOADS: readonly [string, Uint8Array][] = [
  ["nothing", Buffer.alloc(0)],
  ["every byte there is", Uint8Array.from({ length: 256 }, (_, i) => i)],
  ["JSON in its own spelling", Buffer.from('{ "b":1.0,\t"a" : "\\u0000é😀", "a": 2 }\n')],
  ["a megabyte of noise", randomBytes(1_000_000)],
];

export function keepingCases(opened: () => Opened): void {
  test("payloads are kept byte for byte, whatever they are and whoever is beside them", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const messages = PAYLOADS.map(([, payload]) => aMessage(application, { payload }));
    await Promise.all(messages.map(async (one) => store.accept(one)));
    const claims = await store.pendingDeliveries(messages.map(({ id }) => id));
    const claimed = await store.claim(claims, RAVEN);
    for (const { id, payload } of messages) {
      const found = await store.messages.find(application.id, id, true);
      expect(Buffer.compare(found?.payload ?? Buffer.from("none"), payload)).toBe(0);
      const one = claimed.find((one) => one.kind === "claimed" && one.attempt.messageId === id);
      const sent = one?.kind === "claimed" ? one.attempt.payload : Buffer.from("none");
      expect(Buffer.compare(sent, payload)).toBe(0);
    }
  });

  test("what was accepted, and recorded, is there when the store is opened again", async () => {
    const { database } = opened();
    const before = await database.open();
    const { application, endpoint, attempt } = await acceptOne(before);
    await before.record(aRecord(attempt));
    await before.close();

    const after = await database.open();
    const { headers: _, secrets, ...kept } = endpoint;
    expect(await after.applications.find(application.organizationId, application.id)).toEqual(
      application,
    );
    const health = { ...HEALTHY, failingSinceMs: NOW_MS };
    expect(await after.endpoints.find(application.id, endpoint.id)).toEqual({ ...kept, health });
    expect(await after.endpoints.secrets(endpoint.id)).toEqual(secrets);
    const [delivery] = await after.messages.deliveries(attempt.messageId);
    expect(delivery).toMatchObject({ state: "pending", attemptsMade: 1 });
    await after.close();
  });

  test("neither secrets nor headers can be read in the database", async () => {
    const { store, database } = opened();
    const application = await createApplication(store, { name: "legible-name" });
    const secret = (key: string) => ({ key, createdAtMs: 1, expiresAtMs: null });
    const { id } = await createEndpoint(store, application, {
      secrets: [secret("whsec_first-secret")],
      headers: { Authorization: "first-token" },
    });
    await store.endpoints.changeSecrets(id, () => [secret("whsec_second-secret")], 2);
    await store.endpoints.changeHeaders(id, () => ({ Authorization: "second-token" }), 2);
    const contents = await database.contents();
    expect(contents.includes("legible-name")).toBe(true);
    for (const hidden of ["first-secret", "second-secret", "first-token", "second-token"]) {
      expect(contents.includes(hidden)).toBe(false);
    }
  });

  test("ping answers while the store is open", async () => {
    const store = await opened().database.open();
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
    await expect(store.ping()).rejects.toThrow();
  });
}
