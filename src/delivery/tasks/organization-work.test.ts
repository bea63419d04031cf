import { afterEach, beforeEach, expect, it } from "vitest";
import { NOTHING_DONE, type BackgroundTask } from "../../domain/background-task.ts";
import { createApplication } from "../../store/conformance/fixtures.ts";
import { newId } from "../../store/new-id.ts";
import { createSealer } from "../../store/sealed.ts";
import { createSqliteStore } from "../../store/sqlite/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { organizationWork } from "./organization-work.ts";

const WORK = { type: "event-type.aggregate" } as const;

let store: Store;
beforeEach(() => {
  store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
});
afterEach(() => store.close());

/** What a page of two applications comes to, after these results. */
async function workAfter(results: readonly unknown[]) {
  const organizationId = "org_1";
  const applications = [
    await createApplication(store, { organizationId }),
    await createApplication(store, { organizationId }),
  ];
  const task: BackgroundTask = {
    id: newId("qtask", 0),
    organizationId,
    work: WORK,
    status: "running",
    progress: { ...NOTHING_DONE, page: applications.map(({ id }) => id), results },
    createdAtMs: 0,
    updatedAtMs: 0,
  };
  return organizationWork({ store }, WORK).work(task, new AbortController().signal);
}

it("tells of 10,000 applications, and says that there are more", async () => {
  const some = (count: number) => Array.from({ length: count }, () => ({ appId: "app_1" }));
  const fitting = await workAfter(some(9_998));
  expect([fitting.results?.length, fitting.error]).toEqual([2, undefined]);
  const { results, error, left } = await workAfter(some(9_999));
  expect([results?.length, left]).toEqual([1, []]);
  expect(error).toContain("10000 at most");
});

it("tells of as many as 4 MiB hold", async () => {
  const large = (bytes: number) => ["x".repeat(bytes - 5)];
  const bytesMax = 4 * 1_024 * 1_024;
  const fitting = await workAfter(large(bytesMax - 1_000));
  expect([fitting.results?.length, fitting.error]).toEqual([2, undefined]);
  const { results, error } = await workAfter(large(bytesMax - 200));
  expect(results).toHaveLength(1);
  expect(error).toContain("4 MiB");
});
