import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NOTHING_DONE, type BackgroundTask } from "../../domain/background-task.ts";
import { newId } from "../../store/new-id.ts";
import { createSealer } from "../../store/sealed.ts";
import { createSqliteStore } from "../../store/sqlite/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { startTaskRestarts } from "./restart-tasks.ts";

const logger = pino({ level: "silent" });

let store: Store;
beforeEach(() => {
  store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
});
afterEach(() => store.close());

async function create(agoMs: number): Promise<BackgroundTask> {
  const atMs = Date.now() - agoMs;
  const task: BackgroundTask = {
    id: newId("qtask", atMs),
    organizationId: "org_1",
    work: { type: "event-type.aggregate" },
    status: "running",
    progress: NOTHING_DONE,
    createdAtMs: atMs,
    updatedAtMs: atMs,
  };
  await store.backgroundTasks.create(task);
  return task;
}

/** The ids that are started until `until` says that they are enough. */
async function started(
  until: (ids: readonly string[]) => boolean,
  start: (id: string) => void = () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const startTask = async ({ id }: BackgroundTask): Promise<void> => {
    ids.push(id);
    start(id);
  };
  const restarts = startTaskRestarts({ store, dispatcher: { startTask }, logger, intervalMs: 5 });
  await vi.waitFor(() => expect(until(ids)).toBe(true), { timeout: 20_000 });
  await restarts.stop();
  return ids;
}

it("starts what runs and was not touched for long, again and again, whatever Temporal says", async () => {
  const lost = await create(60_000);
  const ended = await create(60_000);
  await store.backgroundTasks.change(ended, { ...ended, status: "finished" }, Date.now());
  await create(1_000);

  let calls = 0;
  const ids = await started(
    ({ length }) => length > 2,
    () => {
      calls += 1;
      if (calls === 1) throw new Error("Temporal is away");
    },
  );
  expect(new Set(ids)).toEqual(new Set([lost.id]));
});

it("starts those that came later, too, where more than it starts at once end never", async () => {
  const early = Array.from({ length: 120 }, (_, i) => create(90_000 - 10 * i));
  await Promise.all(early);
  const late = await create(60_000);
  const ids = await started((some) => some.includes(late.id));
  expect(new Set(ids).size).toBe(121);
});

it("starts what comes after one that cannot be started", async () => {
  const broken = await create(90_000);
  const fine = await create(60_000);
  await started(
    (some) => some.includes(fine.id),
    (id) => {
      if (id === broken.id) throw new Error("refused");
    },
  );
});
