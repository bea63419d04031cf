import { expect, test } from "vitest";
import {
  anApplication,
  anEventType,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const LIST = { limit: 10, order: "ascending" } as const;
const TWENTY = Array.from({ length: 20 }, (_, index) => String(index));

export function changeCases(opened: () => Opened): void {
  test("of twenty changes of an endpoint at once none is lost", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application);
    const answers = TWENTY.map(async (key) =>
      store.endpoints.change(id, (found) => ({
        ...found,
        metadata: { ...found.metadata, [key]: "" },
        updatedAtMs: NOW_MS,
      })),
    );
    for (const answer of await Promise.all(answers)) expect(answer?.kind).toBe("written");
    const found = await store.endpoints.find(application.id, id);
    expect(Object.keys(found?.metadata ?? {}).sort()).toEqual(TWENTY.toSorted());
    expect(found?.updatedAtMs).toBe(NOW_MS + 20);
  });

  test("nor of its headers and its secrets, nor what is changed beside them", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application);
    await Promise.all([
      ...TWENTY.map(async (key) =>
        store.endpoints.changeHeaders(id, (found) => ({ ...found, [key]: "" }), NOW_MS),
      ),
      ...TWENTY.map(async (key) => {
        const secret = { key, createdAtMs: NOW_MS, expiresAtMs: null };
        await store.endpoints.changeSecrets(id, (found) => [secret, ...found], NOW_MS);
      }),
      store.endpoints.change(id, (found) => ({ ...found, disabled: true })),
    ]);
    expect(Object.keys(await store.endpoints.headers(id)).sort()).toEqual(TWENTY.toSorted());
    expect(await store.endpoints.secrets(id)).toHaveLength(21);
    expect((await store.endpoints.find(application.id, id))?.disabled).toBe(true);
  });
}

export function otherChangeCases(opened: () => Opened): void {
  test("of twenty changes of an application or an event type none is lost", async () => {
    const { store } = opened();
    const { id, organizationId } = await createApplication(store);
    const { name } = anEventType(organizationId);
    await store.eventTypes.create(anEventType(organizationId));
    await Promise.all(
      TWENTY.flatMap((key) => [
        store.applications.change(id, (found) => ({
          ...found,
          metadata: { ...found.metadata, [key]: "" },
        })),
        store.eventTypes.change(organizationId, name, (found) => ({
          ...found,
          schemas: { ...found.schemas, [key]: {} },
        })),
      ]),
    );
    const application = await store.applications.find(organizationId, id);
    expect(Object.keys(application?.metadata ?? {})).toHaveLength(20);
    const eventType = await store.eventTypes.find(organizationId, name);
    expect(Object.keys(eventType?.schemas ?? {})).toHaveLength(20);
  });

  test("what the change throws goes to the caller; what is not there is not changed", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const before = await createEndpoint(store, application);
    const refuse = () => {
      throw new Error("too many");
    };
    await expect(store.endpoints.changeSecrets(before.id, refuse, 2)).rejects.toThrow("too many");
    const { headers: _, secrets, ...endpoint } = before;
    expect(await store.endpoints.find(application.id, before.id)).toEqual(endpoint);
    expect(await store.endpoints.secrets(before.id)).toEqual(secrets);

    await store.applications.remove(application.id, NOW_MS);
    expect(await store.endpoints.change(before.id, (found) => found)).toBeUndefined();
    expect(await store.applications.change(application.id, (found) => found)).toBeUndefined();
    await store.endpoints.changeHeaders(before.id, refuse, NOW_MS);
  });
}

export function operationalCases(opened: () => Opened): void {
  test("an organization has one application of its own, whoever asks first", async () => {
    const { applications } = opened().store;
    const { organizationId } = anApplication();
    expect(await applications.findOperational(organizationId)).toBeUndefined();
    const ensured = await Promise.all(
      TWENTY.map(async () => applications.ensureOperational(anApplication({ organizationId }))),
    );
    expect(new Set(ensured.map(({ id }) => id)).size).toBe(1);
    expect(await applications.findOperational(organizationId)).toEqual(ensured[0]);
    expect(await applications.findOperational("org_other")).toBeUndefined();
  });

  test("it is none of the customers: neither listed nor found nor changed", async () => {
    const { store } = opened();
    const { organizationId, id } = await createApplication(store);
    const hidden = anApplication({ organizationId, uid: "hidden" });
    const operational = await store.applications.ensureOperational(hidden);
    const { rows } = await store.applications.list(organizationId, LIST);
    expect(rows.map((row) => row.id)).toEqual([id]);
    expect(await store.applications.find(organizationId, operational.id)).toBeUndefined();
    expect(await store.applications.find(organizationId, "hidden")).toBeUndefined();
    const renamed = await store.applications.change(operational.id, (found) => found);
    expect(renamed).toBeUndefined();
  });
}
