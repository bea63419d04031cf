import type { Kysely } from "kysely";
import type { BackgroundTask, TaskStatus } from "../../domain/background-task.ts";
import type { BackgroundTasks, TaskChange, TaskQuery } from "../catalogue-tasks.ts";
import type { Page } from "../catalogue.ts";
import type { BackgroundTaskRow, Tables } from "../tables.ts";
import { readPage } from "./page.ts";

export function createBackgroundTasks(db: Kysely<Tables>): BackgroundTasks {
  return {
    async create(task) {
      await db.insertInto("background_task").values(fromTask(task)).execute();
    },
    async find(organizationId, id) {
      const row = await selectById(db, id)
        .where("organization_id", "=", organizationId)
        .executeTakeFirst();
      return row && toTask(row);
    },
    list: async (organizationId, query) => list(db, organizationId, query),
    async read(id) {
      const row = await selectById(db, id).executeTakeFirst();
      return row && toTask(row);
    },
    change: async (task, change, nowMs) => write(db, task, change, nowMs),
    async stalled(changedUntilMs, tasksMax) {
      const rows = await db
        .selectFrom("background_task")
        .selectAll()
        .where("status", "=", "running")
        .where("updated_at_ms", "<=", changedUntilMs)
        .orderBy("updated_at_ms")
        .limit(tasksMax)
        .execute();
      return rows.map(toTask);
    },
  };
}

function selectById(db: Kysely<Tables>, id: string) {
  return db.selectFrom("background_task").selectAll().where("id", "=", id);
}

async function list(
  db: Kysely<Tables>,
  organizationId: string,
  { status, type, ...query }: TaskQuery,
): Promise<Page<BackgroundTask>> {
  return readPage(query, async (scan) => {
    const rows = await db
      .selectFrom("background_task")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .$if(status !== undefined, (rows) => rows.where("status", "=", String(status)))
      .$if(type !== undefined, (rows) => rows.where("type", "=", String(type)))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toTask);
  });
}

async function write(
  db: Kysely<Tables>,
  task: BackgroundTask,
  { status, progress }: TaskChange,
  nowMs: number,
): Promise<BackgroundTask | undefined> {
  const updatedAtMs = Math.max(nowMs, task.updatedAtMs + 1);
  const { numUpdatedRows } = await db
    .updateTable("background_task")
    .set({ status, progress: JSON.stringify(progress), updated_at_ms: updatedAtMs })
    .where("id", "=", task.id)
    .where("status", "in", status === "failed" ? ["running", "failed"] : ["running"])
    .where("updated_at_ms", "=", task.updatedAtMs)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 0n ? undefined : { ...task, status, progress, updatedAtMs };
}

function toTask(row: BackgroundTaskRow): BackgroundTask {
  return {
    id: row.id,
    organizationId: row.organization_id,
    work: JSON.parse(row.input) as BackgroundTask["work"],
    status: row.status as TaskStatus,
    progress: JSON.parse(row.progress) as BackgroundTask["progress"],
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}

function fromTask(task: BackgroundTask): BackgroundTaskRow {
  const { work } = task;
  return {
    id: task.id,
    organization_id: task.organizationId,
    application_id: "applicationId" in work ? work.applicationId : null,
    endpoint_id: "endpointId" in work ? work.endpointId : null,
    type: work.type,
    status: task.status,
    input: JSON.stringify(work),
    progress: JSON.stringify(task.progress),
    created_at_ms: task.createdAtMs,
    updated_at_ms: task.updatedAtMs,
  };
}
