import { expect, test } from "vitest";
import { NOTHING_DONE, type TaskStatus, type TaskWork } from "../../domain/background-task.ts";
import type { Application } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import {
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";
import {
  acceptFor,
  aToldCustomer,
  createOwnEndpoint,
  toldTo,
  typesToldTo,
} from "./operational-fixtures.ts";
import type { Opened } from "./test-database.ts";

const UNTIL_MS = NOW_MS + 30_000;

export function toldToNobodyCases(opened: () => Opened): void {
  test("nothing is kept where no endpoint of the organization's own asks for it", async () => {
    const { store } = opened();
    const customers = [
      await createApplication(store),
      await aToldCustomer(store, ["endpoint.enabled"]),
      await createApplication(store),
      await createApplication(store),
    ];
    const [, , disabled, deleted] = await Promise.all(
      customers.map(async ({ organizationId }, i) =>
        i < 2 ? undefined : createOwnEndpoint(store, organizationId),
      ),
    );
    await store.endpoints.change(disabled?.id ?? "", (found) => ({ ...found, disabled: true }));
    await store.endpoints.remove(deleted?.id ?? "", NOW_MS);
    for (const customer of customers) {
      await createEndpoint(store, customer);
      const attempt = await acceptFor(store, customer);
      await store.record(aRecord(attempt, { state: "endpoint_gone", statusCode: 410 }));
      await endTask(store, customer, "finished");
      expect(await typesToldTo(store, customer)).toEqual([]);
    }
  });

  test("of sandboxes an organization is told nothing", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store);
    const sandbox = await store.applications.sandboxOf(customer);
    const { id } = await createEndpoint(store, sandbox);
    const message = aMessage(sandbox, { applicationKind: "sandbox" });
    for (const one of attemptsOf(await store.accept(message))) {
      await store.record(aRecord(one, { state: "exhausted" }));
    }
    await store.endpoints.remove(id, NOW_MS);
    await endTask(store, sandbox, "finished");
    expect(await typesToldTo(store, customer)).toEqual([]);
  });

  test("of endpoints of its own an organization is told nothing", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store);
    const { organizationId } = customer;
    const { id, applicationId } = await createOwnEndpoint(store, organizationId);
    await store.endpoints.change(id, (found) => ({ ...found, description: "mine" }));
    const own = { ...customer, id: applicationId };
    const message = aMessage(own, { applicationKind: "operational" });
    const attempts = attemptsOf(await store.accept(message));
    expect(attempts).toHaveLength(2);
    for (const one of attempts) {
      await store.record(aRecord(one, { state: "endpoint_gone", statusCode: 410 }));
    }
    await endTask(store, own, "finished");
    expect(await typesToldTo(store, customer)).toEqual([]);
  });
}

export function toldOfTaskCases(opened: () => Opened): void {
  test("that a task has ended is told once, with what it did", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store);
    const id = await endTask(store, customer, "failed");
    expect(await toldTo(store, customer.organizationId)).toEqual([
      {
        type: "background_task.finished",
        facts: {
          taskId: id,
          taskType: "application.purge_content",
          status: "failed",
          counts: { purged: 3 },
          error: "canceled",
        },
      },
    ]);
    const finished = await endTask(store, customer, "finished", { type: "event-type.aggregate" });
    expect((await toldTo(store, customer.organizationId))[1]?.facts).toMatchObject({
      taskId: finished,
      status: "finished",
      error: null,
    });
  });
}

export function takenToTellCases(opened: () => Opened): void {
  test("processes share what is to be told, oldest first; what they leave is taken again", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const customer = await aToldCustomer(store, ["endpoint.created"]);
    for (let i = 0; i < 10; i++) await createEndpoint(store, customer);
    const [first, second, third] = [
      await store.operationalEvents.take(NOW_MS, UNTIL_MS, 4),
      await other.operationalEvents.take(NOW_MS, UNTIL_MS, 4),
      await store.operationalEvents.take(NOW_MS, UNTIL_MS, 4),
    ];
    const ids = [...first, ...second, ...third].map(({ id }) => Number(id));
    expect([first.length, second.length, third.length]).toEqual([4, 4, 2]);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    await other.operationalEvents.forget(second.map(({ id }) => id));
    await store.operationalEvents.forget([]);
    expect(await store.operationalEvents.take(UNTIL_MS - 1, UNTIL_MS, 20)).toEqual([]);
    expect(await other.operationalEvents.take(UNTIL_MS, UNTIL_MS + 1, 20)).toEqual([
      ...first,
      ...third,
    ]);
    await other.close();
  });
}

/** A task of the customer's that ends. Answers its id. */
async function endTask(
  store: Store,
  { id: applicationId, organizationId }: Application,
  status: TaskStatus,
  work: TaskWork = { type: "application.purge_content", applicationId, untilMs: NOW_MS },
): Promise<string> {
  const id = newId("qtask", NOW_MS);
  const times = { createdAtMs: NOW_MS, updatedAtMs: NOW_MS };
  const task = { id, organizationId, work, ...times, progress: NOTHING_DONE } as const;
  const running = { ...task, status: "running" } as const;
  await store.backgroundTasks.create(running);
  const done = { ...NOTHING_DONE, counts: { purged: 3 } };
  const half = await store.backgroundTasks.change(
    running,
    { status: "running", progress: done },
    NOW_MS,
  );
  const progress = status === "failed" ? { ...done, error: "canceled" } : done;
  await store.backgroundTasks.change(half ?? running, { status, progress }, NOW_MS);
  return id;
}
