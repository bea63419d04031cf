import { expect, onTestFinished, test } from "vitest";
import { aMessage, attemptsOf, createApplication, createEndpoint, NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const ALL = { limit: 10, order: "ascending" } as const;

export function sandboxCases(opened: () => Opened): void {
  test("an application has one sandbox, whoever asks first", async () => {
    const { store, database } = opened();
    const application = await createApplication(store, { uid: "raven", throttleRate: 5 });
    const other = await database.open();
    onTestFinished(() => other.close());
    const sandboxes = await Promise.all(
      [store, other, store, other].map((one) => one.applications.sandboxOf(application)),
    );
    const [sandbox] = sandboxes;
    expect(new Set(sandboxes.map(({ id }) => id)).size).toBe(1);
    const { organizationId, name } = application;
    expect(sandbox).toMatchObject({ organizationId, name, uid: null, throttleRate: null });
    expect(sandbox?.id).not.toBe(application.id);
  });

  test("nobody finds a sandbox who looks for applications", async () => {
    const { applications } = opened().store;
    const application = await createApplication(opened().store);
    const { organizationId } = application;
    const { id } = await applications.sandboxOf(application);
    expect(await applications.find(organizationId, id)).toBeUndefined();
    expect((await applications.list(organizationId, ALL)).rows).toEqual([application]);
    expect(await applications.change(id, (found) => found)).toBeUndefined();
    expect(await applications.findOperational(organizationId)).toBeUndefined();
  });
}

export function sandboxMessageCases(opened: () => Opened): void {
  test("messages are the sandbox's or the application's, as the sender says", async () => {
    const { store } = opened();
    const live = await createApplication(store);
    const sandbox = await store.applications.sandboxOf(live);
    const [liveEndpoint, testEndpoint] = [
      await createEndpoint(store, live),
      await createEndpoint(store, sandbox),
    ];
    const accept = async (application: typeof live, applicationKind: "customer" | "sandbox") =>
      store.accept(aMessage(application, { applicationKind }));
    const [attempt] = attemptsOf(await accept(live, "customer"));
    expect(attempt).toMatchObject({ endpointId: liveEndpoint.id, isTest: false });
    const [tested] = attemptsOf(await accept(sandbox, "sandbox"));
    expect(tested).toMatchObject({ endpointId: testEndpoint.id, isTest: true });
    expect(await accept(live, "sandbox")).toEqual({ kind: "unknown_application" });
    expect(await accept(sandbox, "customer")).toEqual({ kind: "unknown_application" });
  });

  test("what is claimed says whether it is a sandbox's, by the schedule or by hand", async () => {
    const { store } = opened();
    const live = await createApplication(store);
    const sandbox = await store.applications.sandboxOf(live);
    for (const [application, applicationKind, isTest] of [
      [live, "customer", false],
      [sandbox, "sandbox", true],
    ] as const) {
      const { id: endpointId } = await createEndpoint(store, application);
      const message = aMessage(application, { applicationKind });
      await store.accept(message);
      const delivery = { messageId: message.id, endpointId };
      const lease = { holder: "jay", nowMs: NOW_MS, untilMs: NOW_MS + 1 };
      const [claimed] = await store.claim([{ ...delivery, attemptNumber: 1 }], lease);
      expect(claimed).toMatchObject({ kind: "claimed", attempt: { isTest } });
      const byHand = { ...delivery, applicationId: application.id };
      const claimedByHand = await store.claimManual(byHand, lease);
      expect(claimedByHand).toMatchObject({ kind: "claimed", attempt: { isTest } });
    }
  });

  test("a sandbox ends with its application, and its endpoints with it", async () => {
    const { store } = opened();
    const live = await createApplication(store);
    const other = await createApplication(store);
    const [sandbox, others] = [
      await store.applications.sandboxOf(live),
      await store.applications.sandboxOf(other),
    ];
    const endpoint = await createEndpoint(store, sandbox);
    const spared = await createEndpoint(store, others);
    await store.applications.remove(live.id, NOW_MS);
    expect(await store.endpoints.find(sandbox.id, endpoint.id)).toBeUndefined();
    expect(await store.endpoints.find(others.id, spared.id)).toBeDefined();
    const message = aMessage(sandbox, { applicationKind: "sandbox" });
    expect(await store.accept(message)).toEqual({ kind: "unknown_application" });
  });
}
