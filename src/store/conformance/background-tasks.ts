import { expect, test } from "vitest";
import { NOTHING_DONE, type BackgroundTask } from "../../domain/background-task.ts";
import { newId } from "../new-id.ts";
import type { ReplayTask } from "../catalogue-tasks.ts";
import { createApplication, NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const PROGRESS = { ...NOTHING_DONE, cursor: "msg_1", page: ["msg_2"], counts: { found: 2 } };
const PAGE = { limit: 2, order: "descending" } as const;

function aTask(organizationId: string, changes: Partial<BackgroundTask> = {}): BackgroundTask {
  return {
    id: newId("qtask", NOW_MS),
    organizationId,
    work: { type: "application.purge_content", applicationId: "app_1", untilMs: NOW_MS },
    status: "running",
    progress: NOTHING_DONE,
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    ...changes,
  };
}

export function backgroundTaskCases(opened: () => Opened): void {
  test("a task is found by its organization, as it was created", async () => {
    const { backgroundTasks } = opened().store;
    const filter = { channel: "north", statusCodeClass: 500 };
    const range = { sinceMs: NOW_MS - 1, untilMs: NOW_MS };
    const at = { applicationId: "app_1", endpointId: "ep_1" };
    const work = { type: "endpoint.bulk-replay", ...at, range, filter } as const;
    const task = aTask("org_find", { work });
    await backgroundTasks.create(task);
    expect(await backgroundTasks.find("org_find", task.id)).toEqual(task);
    expect(await backgroundTasks.read(task.id)).toEqual(task);
    expect(await backgroundTasks.find("org_other", task.id)).toBeUndefined();
    expect(await backgroundTasks.find("org_find", newId("qtask", NOW_MS))).toBeUndefined();
  });

  test("of two who change it as they read it, one does", async () => {
    const { backgroundTasks } = opened().store;
    const task = aTask("org_change");
    await backgroundTasks.create(task);
    const change = { status: "running", progress: PROGRESS } as const;
    const results = await Promise.all(
      [1, 2].map(() => backgroundTasks.change(task, change, NOW_MS)),
    );
    const changed = { ...task, progress: PROGRESS, updatedAtMs: NOW_MS + 1 };
    expect(results.filter((one) => one !== undefined)).toEqual([changed]);
    expect(await backgroundTasks.read(task.id)).toEqual(changed);
    const again = await backgroundTasks.change(changed, change, NOW_MS + 50);
    expect(again?.updatedAtMs).toBe(NOW_MS + 50);
  });

  test("what has ended is changed no more", async () => {
    const { backgroundTasks } = opened().store;
    const task = aTask("org_ended");
    await backgroundTasks.create(task);
    const end = { status: "finished", progress: PROGRESS } as const;
    const ended = await backgroundTasks.change(task, end, NOW_MS);
    expect(ended).toMatchObject({ status: "finished" });
    const running = { ...end, status: "running" } as const;
    expect(await backgroundTasks.change(ended ?? task, running, NOW_MS)).toBeUndefined();
  });
}

export function replayTaskCases(opened: () => Opened): void {
  const aReplay = (applicationId: string): ReplayTask => {
    const range = { sinceMs: NOW_MS - 1, untilMs: NOW_MS };
    const work = { type: "endpoint.recover", applicationId, endpointId: "ep_1", range } as const;
    return { ...aTask("org_replays"), work };
  };

  test("of replays that begin at once so many of an application do, and the others none", async () => {
    const { backgroundTasks } = opened().store;
    const { id } = await createApplication(opened().store);
    await backgroundTasks.create({
      ...aTask("org_replays"),
      work: { type: "application.purge_content", applicationId: id, untilMs: NOW_MS },
    });
    const replays = Array.from({ length: 12 }, () => aReplay(id));
    const begin = async (task: ReplayTask) => backgroundTasks.createReplay(task, 3);
    const begun = await Promise.all(replays.map(begin));
    expect(begun.filter(Boolean)).toHaveLength(3);
    const read = await Promise.all(replays.map(async (task) => backgroundTasks.read(task.id)));
    expect(read).toEqual(replays.map((task, i) => (begun[i] ? task : undefined)));

    const { id: otherId } = await createApplication(opened().store);
    expect(await begin(aReplay(otherId))).toBe(true);
    expect(await begin(aReplay(id))).toBe(false);
    const running = read.find((task) => task !== undefined) ?? expect.unreachable();
    await backgroundTasks.change(running, { ...running, status: "finished" }, NOW_MS);
    expect(await begin(aReplay(id))).toBe(true);
  });
}

export function taskListCases(opened: () => Opened): void {
  test("those that run and that nobody changed for long are found, by id, page after page", async () => {
    const { backgroundTasks } = opened().store;
    const agoMs = [50, 400, 300, 200].map((ms) => NOW_MS - 1_000_000 - ms);
    const tasks = agoMs.map((updatedAtMs, i) =>
      aTask("org_stalled", { id: newId("qtask", NOW_MS - 1_000 + 10 * i), updatedAtMs }),
    );
    for (const task of tasks) await backgroundTasks.create(task);
    const [, first, second, third] = tasks;
    const stalled = async (after: string, tasksMax = 2) =>
      backgroundTasks.stalled(untilMs, { after, tasksMax });
    const untilMs = NOW_MS - 1_000_200;
    expect(await stalled("")).toEqual([first, second]);
    expect(await stalled(second?.id ?? "")).toEqual([third]);
    expect(await stalled(third?.id ?? "")).toEqual([]);
    for (const task of tasks.slice(1, 3)) {
      await backgroundTasks.change(task, { status: "failed", progress: NOTHING_DONE }, NOW_MS);
    }
    expect(await stalled("", 9)).toEqual([third]);
  });

  test("a list can be of one status, of one type, of both, and has pages", async () => {
    const { backgroundTasks } = opened().store;
    const work = { type: "event-type.aggregate" } as const;
    const statuses = ["running", "finished", "running", "finished"] as const;
    const tasks = statuses.map((status, i) =>
      aTask("org_list", {
        id: newId("qtask", NOW_MS + 10 * i),
        status,
        ...(i === 3 ? { work } : {}),
      }),
    );
    for (const task of tasks) await backgroundTasks.create(task);
    const list = async (query: object) => {
      const { rows, hasMore } = await backgroundTasks.list("org_list", { ...PAGE, ...query });
      return [...rows.map(({ id }) => tasks.findIndex((task) => task.id === id)), hasMore];
    };
    expect(await list({})).toEqual([3, 2, true]);
    expect(await list({ after: tasks[2]?.id })).toEqual([1, 0, false]);
    expect(await list({ order: "ascending", limit: 5 })).toEqual([0, 1, 2, 3, false]);
    expect(await list({ status: "running" })).toEqual([2, 0, false]);
    expect(await list({ type: "event-type.aggregate" })).toEqual([3, false]);
    expect(await list({ status: "running", type: "event-type.aggregate" })).toEqual([false]);
  });

  test("a list tells how far replays are, and leaves out what was reckoned", async () => {
    const { backgroundTasks } = opened().store;
    const progress = { ...PROGRESS, results: [{ appId: "app_1" }] };
    const works = [{ type: "event-type.aggregate" }, aTask("").work] as const;
    const tasks = works.map((work, i) =>
      aTask("org_reckon", { id: newId("qtask", NOW_MS + 10 * i), work, progress }),
    );
    for (const task of tasks) await backgroundTasks.create(task);
    const { rows } = await backgroundTasks.list("org_reckon", { limit: 9, order: "ascending" });
    expect(rows).toEqual([{ ...tasks[0], progress: NOTHING_DONE }, tasks[1]]);
    expect(await backgroundTasks.read(tasks[0]?.id ?? "")).toEqual(tasks[0]);
  });
}
