import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import type { Opened } from "./test-database.ts";
import {
  anApplication,
  anEndpoint,
  anEventType,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

const LIST = { limit: 10, order: "ascending" } as const;

export function applicationCases(opened: () => Opened): void {
  test("one is found by its id and its uid, in its organization, as it was created", async () => {
    const { applications } = opened().store;
    const application = anApplication({
      uid: "gull",
      throttleRate: 5,
      metadata: { a: "1", bb: "é" },
    });
    expect(await applications.create(application)).toEqual({ kind: "written", row: application });
    const { organizationId } = application;
    expect(await applications.find(organizationId, application.id)).toEqual(application);
    expect(await applications.find(organizationId, "gull")).toEqual(application);
    expect(await applications.find("org_other", application.id)).toBeUndefined();
    expect(await applications.find("org_other", "gull")).toBeUndefined();
  });

  test("a uid is one application's in its organization, until that is deleted", async () => {
    const { applications } = opened().store;
    const gull = anApplication({ uid: "gull" });
    const tern = anApplication({ organizationId: gull.organizationId, uid: "tern" });
    await applications.create(gull);
    await applications.create(tern);
    const twin = { ...gull, id: newId("app", NOW_MS) };
    expect(await applications.create(twin)).toEqual({ kind: "uid_taken" });
    const renamed = await applications.change(tern.id, (found) => ({ ...found, uid: "gull" }));
    expect(renamed).toEqual({ kind: "uid_taken" });
    const abroad = anApplication({ uid: "gull" });
    expect((await applications.create(abroad)).kind).toBe("written");
    await applications.remove(gull.id, NOW_MS);
    expect((await applications.create(twin)).kind).toBe("written");
  });

  test("any other collision is thrown", async () => {
    const { applications } = opened().store;
    const application = anApplication();
    await applications.create(application);
    await expect(applications.create(application)).rejects.toThrow(/application/i);
  });
}

export function applicationChangeCases(opened: () => Opened): void {
  test("an update changes all but its beginning", async () => {
    const { applications } = opened().store;
    const before = anApplication({ uid: "gull" });
    await applications.create(before);
    const after = {
      ...before,
      uid: null,
      name: "Tern",
      metadata: { k: "v" },
      updatedAtMs: NOW_MS + 9,
    };
    const changed = await applications.change(before.id, () => ({ ...after, createdAtMs: 1 }));
    expect(changed).toMatchObject({ kind: "written" });
    expect(await applications.find(before.organizationId, before.id)).toEqual(after);
  });

  test("with an application its endpoints are gone, and nobody else's", async () => {
    const { store } = opened();
    const { organizationId, ...gull } = await createApplication(store);
    const tern = await createApplication(store, { organizationId });
    const [gone, kept] = [
      await createEndpoint(store, { organizationId, ...gull }),
      await createEndpoint(store, tern),
    ];
    await store.applications.remove(gull.id, NOW_MS);
    expect(await store.applications.find(organizationId, gull.id)).toBeUndefined();
    expect((await store.applications.list(organizationId, LIST)).rows).toEqual([tern]);
    expect(await store.endpoints.find(gull.id, gone.id)).toBeUndefined();
    expect((await store.endpoints.list(gull.id, LIST)).rows).toEqual([]);
    expect(await store.endpoints.secrets(gone.id)).toEqual([]);
    expect(await store.endpoints.find(tern.id, kept.id)).toBeDefined();
  });
}

export function endpointCases(opened: () => Opened): void {
  test("one is found as it was created, its headers and secrets apart", async () => {
    const { store } = opened();
    const { id: applicationId } = await createApplication(store);
    const { headers, secrets, ...endpoint } = anEndpoint(applicationId, {
      uid: "kiosk",
      eventTypes: ["letter.sent", "a"],
      channels: ["north"],
      throttleRate: 3,
      disabled: true,
      metadata: { k: "v" },
      headers: { "X-Stamp": "blue" },
    });
    const created = await store.endpoints.create({ ...endpoint, headers, secrets });
    expect(created).toEqual({ kind: "written", row: endpoint });
    expect(await store.endpoints.find(applicationId, endpoint.id)).toEqual(endpoint);
    expect(await store.endpoints.find(applicationId, "kiosk")).toEqual(endpoint);
    expect(await store.endpoints.find("app_other", endpoint.id)).toBeUndefined();
    expect(await store.endpoints.headers(endpoint.id)).toEqual(headers);
    expect(await store.endpoints.secrets(endpoint.id)).toEqual(secrets);
  });

  test("an update leaves headers and secrets alone, and they are set by themselves", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { headers: _, secrets, ...before } = await createEndpoint(store, application);
    const changes = { url: "https://new.example/", description: "closed", eventTypes: ["a"] };
    const after = { ...before, ...changes, updatedAtMs: NOW_MS + 1 };
    await store.endpoints.change(before.id, () => after);
    expect(await store.endpoints.find(application.id, before.id)).toEqual(after);
    expect(await store.endpoints.secrets(before.id)).toEqual(secrets);

    const rotated = [{ key: "whsec_new", createdAtMs: 1, expiresAtMs: null }, ...secrets];
    await store.endpoints.changeSecrets(before.id, () => rotated, NOW_MS + 2);
    await store.endpoints.changeHeaders(before.id, () => ({ A: "b" }), NOW_MS + 3);
    expect(await store.endpoints.secrets(before.id)).toEqual(rotated);
    expect(await store.endpoints.headers(before.id)).toEqual({ A: "b" });
    const touched = { ...after, updatedAtMs: NOW_MS + 3 };
    expect(await store.endpoints.find(application.id, before.id)).toEqual(touched);
  });

  test("a uid is one endpoint's in its application, until that is deleted", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const kiosk = await createEndpoint(store, application, { uid: "kiosk" });
    const twin = anEndpoint(application.id, { uid: "kiosk" });
    expect(await store.endpoints.create(twin)).toEqual({ kind: "uid_taken" });
    const { id } = await createEndpoint(store, application);
    const renamed = await store.endpoints.change(id, (found) => ({ ...found, uid: "kiosk" }));
    expect(renamed).toEqual({ kind: "uid_taken" });
    await store.endpoints.remove(kiosk.id, NOW_MS);
    expect((await store.endpoints.create(twin)).kind).toBe("written");
    expect(await store.endpoints.find(application.id, kiosk.id)).toBeUndefined();
  });
}

export function eventTypeCases(opened: () => Opened): void {
  test("one is found as it was created, changed, and removed for good", async () => {
    const { eventTypes } = opened().store;
    const schemas = { "1": { type: "object", required: ["to"] } };
    const one = anEventType("org_a", {
      schemas,
      featureFlags: ["beta"],
      retrySchedule: [5, 60_000],
      groupName: "letters",
    });
    expect(await eventTypes.create(one)).toEqual({ kind: "written", row: one });
    expect(await eventTypes.find("org_a", one.name)).toEqual(one);
    expect(await eventTypes.find("org_other", one.name)).toBeUndefined();
    const changes = { description: "sent", schemas: null, deprecated: true };
    const changed = { ...one, ...changes, updatedAtMs: NOW_MS + 1 };
    expect(await eventTypes.change("org_a", one.name, () => changed)).toEqual(changed);
    expect(await eventTypes.find("org_a", one.name)).toEqual(changed);
    await eventTypes.remove("org_a", one.name);
    expect(await eventTypes.find("org_a", one.name)).toBeUndefined();
    expect(await eventTypes.change("org_a", one.name, () => changed)).toBeUndefined();
  });

  test("a live name is taken; an archived one comes back with its id and age", async () => {
    const { eventTypes } = opened().store;
    const one = anEventType("org_b");
    await eventTypes.create(one);
    const twin = anEventType("org_b", { description: "again", createdAtMs: NOW_MS + 1 });
    expect(await eventTypes.create(twin)).toEqual({ kind: "uid_taken" });
    const old = { ...one, archived: true, retrySchedule: [7] };
    await eventTypes.change("org_b", one.name, () => old);
    const revived = {
      ...twin,
      id: one.id,
      createdAtMs: NOW_MS,
      updatedAtMs: NOW_MS + 2,
      retrySchedule: [7],
    };
    expect(await eventTypes.create(twin)).toEqual({ kind: "written", row: revived });
    expect(await eventTypes.find("org_b", one.name)).toEqual(revived);
  });

  test("known are those that exist and are not archived; a list may leave the others out", async () => {
    const { eventTypes } = opened().store;
    for (const name of ["b", "a", "c"]) {
      await eventTypes.create(anEventType("org_c", { name, archived: name === "c" }));
    }
    const known = await eventTypes.known("org_c", ["a", "c", "d"], null);
    expect([...known]).toEqual(["a"]);
    expect(await eventTypes.known("org_c", [], null)).toEqual(new Set());
    const named = async (includeArchived: boolean) =>
      (await eventTypes.list("org_c", { ...LIST, includeArchived })).rows.map(({ name }) => name);
    expect(await named(false)).toEqual(["a", "b"]);
    expect(await named(true)).toEqual(["a", "b", "c"]);
  });
}
