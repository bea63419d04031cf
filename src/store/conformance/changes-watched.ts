import { expect, test } from "vitest";
import { lowestIdAt } from "../../domain/ids.ts";
import { newId } from "../new-id.ts";
import { acceptOne, aMessage, aSuccess, createApplication, NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const LATER_MS = NOW_MS + 60_000;

export function watchedChangeCases(opened: () => Opened): void {
  test("the newest messages from an id on, of this application", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const ids = [NOW_MS, LATER_MS, LATER_MS + 1_000].map((ms) => newId("msg", ms));
    for (const id of ids) await store.accept(aMessage(application, { id }));
    await acceptOne(store, { id: newId("msg", LATER_MS) });
    const idFrom = lowestIdAt("msg", LATER_MS);
    const { messages } = store.changes;
    expect(await messages(application.id, idFrom, 9)).toEqual([ids[2], ids[1]]);
    expect(await messages(application.id, idFrom, 1)).toEqual([ids[2]]);
  });

  test("the newest attempts from a time on", async () => {
    const { store } = opened();
    const { attempt: made, application } = await acceptOne(store);
    const at = (endedAtMs: number) => aSuccess(made, { id: newId("atmpt", endedAtMs), endedAtMs });
    const [older, newer] = [at(NOW_MS), at(LATER_MS)];
    await store.record(older);
    await store.record(newer);
    const { messageId, endpointId } = made;
    const found = await store.changes.attempts(application.id, LATER_MS, 9);
    expect(found).toEqual([{ id: newer.attempt.id, messageId, endpointId }]);
    expect(await store.changes.attempts(application.id, NOW_MS, 9)).toHaveLength(2);
  });

  test("endpoints, which are others when they were changed or fare otherwise", async () => {
    const { store } = opened();
    const { endpoint, application } = await acceptOne(store);
    const look = () => store.changes.endpoints(application.id, 9);
    const [before] = await look();
    expect(before?.id).toBe(endpoint.id);
    expect(await look()).toEqual([before]);
    await store.endpoints.change(endpoint.id, (row) => ({ ...row, updatedAtMs: LATER_MS }));
    const [after] = await look();
    expect(after?.version).not.toBe(before?.version);
    await store.endpoints.remove(endpoint.id, LATER_MS);
    expect(await look()).toEqual([]);
  });
}
