import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { NOTHING_DONE, type BackgroundTask } from "../../domain/background-task.ts";
import { newId } from "../../store/new-id.ts";
import { createSealer } from "../../store/sealed.ts";
import { createSqliteStore } from "../../store/sqlite/sqlite-store.ts";
import { startTaskRestarts } from "./restart-tasks.ts";

const logger = pino({ level: "silent" });

it("starts what runs and was not touched for long, again and again, whatever Temporal says", async () => {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  const nowMs = Date.now();
  const create = async (agoMs: number): Promise<BackgroundTask> => {
    const task: BackgroundTask = {
      id: newId("qtask", nowMs - agoMs),
      organizationId: "org_1",
      work: { type: "event-type.aggregate" },
      status: "running",
      progress: NOTHING_DONE,
      createdAtMs: nowMs - agoMs,
      updatedAtMs: nowMs - agoMs,
    };
    await store.backgroundTasks.create(task);
    return task;
  };
  const lost = await create(60_000);
  const ended = await create(60_000);
  await store.backgroundTasks.change(ended, { ...ended, status: "finished" }, nowMs);
  await create(1_000);

  const started: string[] = [];
  const startTask = async ({ id }: BackgroundTask): Promise<void> => {
    started.push(id);
    if (started.length === 1) throw new Error("Temporal is away");
  };
  const restarts = startTaskRestarts({ store, dispatcher: { startTask }, logger, intervalMs: 5 });
  await vi.waitFor(() => expect(started.length).toBeGreaterThan(2));
  await restarts.stop();
  expect(new Set(started)).toEqual(new Set([lost.id]));
  await store.close();
});
