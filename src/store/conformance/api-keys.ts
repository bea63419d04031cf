import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ApiKey } from "../../domain/api-key.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import { createApplication, NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const ALL = { limit: 10, order: "ascending" } as const;
const DAY_MS = 86_400_000;

export function apiKeyCases(opened: () => Opened): void {
  test("a key is found again as it was made, by its organization alone", async () => {
    const { apiKeys } = opened().store;
    const { key } = await createKey(opened().store, { expiresAtMs: NOW_MS + 1, name: "Ünï" });
    expect(await apiKeys.find(key.organizationId, key.id)).toEqual(key);
    expect(await apiKeys.find("org_other", key.id)).toBeUndefined();
    expect(await apiKeys.find(key.organizationId, newId("key", NOW_MS))).toBeUndefined();
  });

  test("keys are listed by page, and by application and mode", async () => {
    const { store } = opened();
    const organizationId = `org_${randomUUID()}`;
    const { id: applicationId } = await createApplication(store, { organizationId });
    const changes = [{}, { applicationId }, { applicationId, mode: "test" as const }, {}];
    const ids: string[] = [];
    for (const [at, change] of changes.entries()) {
      const id = newId("key", NOW_MS + at * 10);
      await createKey(store, { organizationId, id, ...change });
      ids.push(id);
    }
    await createKey(store);
    const list = async (query: object) => {
      const { rows } = await store.apiKeys.list(organizationId, { ...ALL, ...query });
      return rows.map(({ id }) => ids.indexOf(id));
    };
    expect(await list({})).toEqual([0, 1, 2, 3]);
    expect(await list({ after: ids[1], limit: 1 })).toEqual([2]);
    expect(await list({ before: ids[2], order: "descending" })).toEqual([3]);
    expect(await list({ applicationId })).toEqual([1, 2]);
    expect(await list({ applicationId, mode: "test" })).toEqual([2]);
    expect(await list({ mode: "live" })).toEqual([0, 1, 3]);
  });

  test("of changes that meet none is lost", async () => {
    const { apiKeys } = opened().store;
    const { key } = await createKey(opened().store);
    const { organizationId, id } = key;
    await Promise.all([
      apiKeys.change(organizationId, id, (found) => ({ ...found, name: "renamed" })),
      apiKeys.change(organizationId, id, (found) => ({ ...found, scopes: ["read"] })),
      apiKeys.change(organizationId, id, (found) => ({ ...found, expiresAtMs: NOW_MS + 7 })),
    ]);
    const changed = await apiKeys.find(organizationId, id);
    expect(changed).toMatchObject({ name: "renamed", scopes: ["read"], expiresAtMs: NOW_MS + 7 });
    const other = apiKeys.change("org_other", id, (found) => ({ ...found, name: "stolen" }));
    expect(await other).toBeUndefined();
  });
}

export function apiKeyEndCases(opened: () => Opened): void {
  test("a revoked key is nowhere but with who comes with its secret", async () => {
    const { apiKeys } = opened().store;
    const { key, hash } = await createKey(opened().store);
    const { organizationId, id } = key;
    expect(await apiKeys.revoke("org_other", id, NOW_MS)).toBe(false);
    expect(await apiKeys.revoke(organizationId, id, NOW_MS)).toBe(true);
    expect(await apiKeys.revoke(organizationId, id, NOW_MS)).toBe(false);
    expect(await apiKeys.find(organizationId, id)).toBeUndefined();
    expect((await apiKeys.list(organizationId, ALL)).rows).toEqual([]);
    expect(await apiKeys.change(organizationId, id, (found) => found)).toBeUndefined();
    expect(await apiKeys.rotate(organizationId, id, secret())).toBeUndefined();
    expect(await apiKeys.findBySecret(hash)).toMatchObject({ revokedAtMs: NOW_MS });
  });

  test("the keys of an application end with it", async () => {
    const { store } = opened();
    const { id: applicationId, organizationId } = await createApplication(store);
    const own = await createKey(store, { applicationId, organizationId });
    const whole = await createKey(store, { organizationId });
    await store.applications.remove(applicationId, NOW_MS);
    const { rows } = await store.apiKeys.list(organizationId, ALL);
    expect(rows).toEqual([whole.key]);
    expect(await store.apiKeys.findBySecret(own.hash)).toMatchObject({ revokedAtMs: NOW_MS });
    expect(await store.apiKeys.findBySecret(whole.hash)).toMatchObject({ revokedAtMs: null });
  });
}

export function apiKeySecretCases(opened: () => Opened): void {
  test("a key is found by its secret", async () => {
    const { apiKeys } = opened().store;
    const { key, hash } = await createKey(opened().store);
    const found = await apiKeys.findBySecret(hash);
    expect(found).toEqual({ key, revokedAtMs: null, secretEndsAtMs: null });
    expect(await apiKeys.findBySecret(randomUUID())).toBeUndefined();
  });

  test("a rotated key has two secrets, of which the old one ends", async () => {
    const { apiKeys } = opened().store;
    const { key, hash } = await createKey(opened().store);
    const to = secret({ oldUntilMs: NOW_MS + DAY_MS });
    const rotated = await apiKeys.rotate(key.organizationId, key.id, to);
    expect(rotated).toEqual({ ...key, lastFour: to.lastFour, updatedAtMs: NOW_MS });
    expect(await apiKeys.findBySecret(to.hash)).toMatchObject({
      key: rotated,
      secretEndsAtMs: null,
    });
    const old = await apiKeys.findBySecret(hash);
    expect(old).toMatchObject({ key: rotated, secretEndsAtMs: NOW_MS + DAY_MS });
    expect(await apiKeys.rotate("org_other", key.id, secret())).toBeUndefined();
  });

  test("another rotation gives an old secret no more time, and may take some", async () => {
    const { apiKeys } = opened().store;
    const { key, hash } = await createKey(opened().store);
    const rotate = async (oldUntilMs: number, nowMs = NOW_MS) =>
      apiKeys.rotate(key.organizationId, key.id, secret({ oldUntilMs, nowMs }));
    const endsAtMs = async () => (await apiKeys.findBySecret(hash))?.secretEndsAtMs;
    await rotate(NOW_MS + 10);
    await rotate(NOW_MS + 20);
    expect(await endsAtMs()).toBe(NOW_MS + 10);
    await rotate(NOW_MS);
    expect(await endsAtMs()).toBe(NOW_MS);
    await rotate(NOW_MS + 100 * DAY_MS, NOW_MS + 100 * DAY_MS);
    expect(await apiKeys.findBySecret(hash)).toBeUndefined();
  });

  test("of rotations that meet each gives a secret", async () => {
    const { apiKeys } = opened().store;
    const { key } = await createKey(opened().store);
    const secrets = Array.from({ length: 5 }, () => secret({ oldUntilMs: NOW_MS + 5 }));
    await Promise.all(secrets.map((to) => apiKeys.rotate(key.organizationId, key.id, to)));
    const found = await Promise.all(secrets.map(({ hash }) => apiKeys.findBySecret(hash)));
    expect(found.map((one) => one?.key.id)).toEqual(secrets.map(() => key.id));
    expect(found.filter((one) => one?.secretEndsAtMs === null).length).toBe(1);
  });

  test("a use is noted", async () => {
    const { apiKeys } = opened().store;
    const { key } = await createKey(opened().store);
    await apiKeys.noteUse(key.id, NOW_MS + 3);
    const used = { ...key, lastUsedAtMs: NOW_MS + 3 };
    expect(await apiKeys.find(key.organizationId, key.id)).toEqual(used);
  });
}

function secret(changes: { readonly oldUntilMs?: number; readonly nowMs?: number } = {}) {
  const lastFour = randomUUID().slice(-4);
  return { hash: randomUUID(), lastFour, oldUntilMs: NOW_MS, nowMs: NOW_MS, ...changes };
}

async function createKey(store: Store, changes: Partial<ApiKey> = {}) {
  const key: ApiKey = {
    id: newId("key", NOW_MS),
    organizationId: `org_${randomUUID()}`,
    applicationId: null,
    mode: "live",
    name: "Carrier",
    scopes: ["read", "publish"],
    lastFour: "beak",
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    lastUsedAtMs: null,
    expiresAtMs: null,
    ...changes,
  };
  const hash = randomUUID();
  await store.apiKeys.create(key, hash);
  return { key, hash };
}
