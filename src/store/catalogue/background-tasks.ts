import {
  sql,
  type CompiledQuery,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
} from "kysely";
import { NOTHING_DONE, type BackgroundTask, type TaskType } from "../../domain/background-task.ts";
import {
  isReplay,
  type BackgroundTasks,
  type ReplayTask,
  type TaskChange,
  type TaskQuery,
} from "../catalogue-tasks.ts";
import type { Page } from "../catalogue.ts";
import type { BackgroundTaskRow, Tables } from "../tables.ts";
import { fromTask, toTask } from "./background-task-rows.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { readPage } from "./page.ts";

/** The index of those that run knows no parameters. */
const RUNNING = sql.lit("running");

const RECKONING: readonly TaskType[] = ["application.stats", "event-type.aggregate"];
const NONE_RECKONED = JSON.stringify(NOTHING_DONE);
const LISTED = [
  "id",
  "organization_id",
  "application_id",
  "endpoint_id",
  "type",
  "status",
  "input",
  "created_at_ms",
  "updated_at_ms",
] as const;

export function createBackgroundTasks({
  kysely: db,
  inOneTransaction,
}: CatalogueDatabase): BackgroundTasks {
  return {
    async create(task) {
      await db.insertInto("background_task").values(fromTask(task)).execute();
    },
    async createReplay(task, runningMax) {
      const insertion = replayInsertion(db, task, runningMax);
      await inOneTransaction([applicationLock(db, task), insertion]);
      return (await selectById(db, task.id).executeTakeFirst()) !== undefined;
    },
    async find(organizationId, id) {
      const row = await selectById(db, id)
        .where("organization_id", "=", organizationId)
        .where(ofNoSandbox)
        .executeTakeFirst();
      return row && toTask(row);
    },
    async findReplay(applicationId, id) {
      const row = await selectById(db, id)
        .where("application_id", "=", applicationId)
        .executeTakeFirst();
      const task = row && toTask(row);
      return task && isReplay(task) ? task : undefined;
    },
    list: async (organizationId, query) =>
      list(
        db,
        (tasks) => tasks.where("organization_id", "=", organizationId).where(ofNoSandbox),
        query,
      ),
    async listReplays(applicationId, { endpointId, ...query }) {
      const ofOne = ["endpoint_id", "=", endpointId ?? ""] as const;
      const page = await list(
        db,
        (tasks) =>
          tasks
            .where("application_id", "=", applicationId)
            .where("endpoint_id", "is not", null)
            .$if(endpointId !== undefined, (some) => some.where(...ofOne)),
        query,
      );
      return { ...page, rows: page.rows.filter(isReplay) };
    },
    async read(id) {
      const row = await selectById(db, id).executeTakeFirst();
      return row && toTask(row);
    },
    change: async (task, change, nowMs) => write(db, task, change, nowMs),
    async stalled(changedUntilMs, { after, tasksMax }) {
      const rows = await db
        .selectFrom("background_task")
        .selectAll()
        .where("status", "=", RUNNING)
        .where("updated_at_ms", "<=", changedUntilMs)
        .where("id", ">", after)
        .orderBy("id")
        .limit(tasksMax)
        .execute();
      return rows.map(toTask);
    },
  };
}

/** What is only tried out is none of the organization's tasks. */
function ofNoSandbox(eb: ExpressionBuilder<Tables, "background_task">) {
  const sandbox = eb
    .selectFrom("application")
    .select("application.id")
    .whereRef("application.id", "=", "background_task.application_id")
    .where("application.kind", "=", "sandbox");
  return eb.not(eb.exists(sandbox));
}

function selectById(db: Kysely<Tables>, id: string) {
  return db.selectFrom("background_task").selectAll().where("id", "=", id);
}

/** Of those who begin replays at once, each sees those that are begun before. */
function applicationLock(db: Kysely<Tables>, { work }: ReplayTask): CompiledQuery {
  return db
    .updateTable("application")
    .set(({ ref }) => ({ updated_at_ms: ref("updated_at_ms") }))
    .where("id", "=", work.applicationId)
    .compile();
}

function replayInsertion(db: Kysely<Tables>, task: ReplayTask, runningMax: number): CompiledQuery {
  const running = db
    .selectFrom("background_task")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("application_id", "=", task.work.applicationId)
    .where("endpoint_id", "is not", null)
    .where("status", "=", RUNNING);
  const row = fromTask(task);
  const columns = Object.keys(row) as (keyof BackgroundTaskRow)[];
  const values = columns.map((column) => sql.val(row[column]).as(column));
  return db
    .insertInto("background_task")
    .columns(columns)
    .expression(db.selectNoFrom(values).where(running, "<", runningMax))
    .compile();
}

type Rows = SelectQueryBuilder<Tables, "background_task", object>;

async function list(
  db: Kysely<Tables>,
  among: (tasks: Rows) => Rows,
  { status, type, ...query }: TaskQuery,
): Promise<Page<BackgroundTask>> {
  return readPage(query, async (scan) => {
    const rows = await among(db.selectFrom("background_task"))
      .select(LISTED)
      .select((eb) => [
        eb
          .case()
          .when("type", "in", RECKONING)
          .then(NONE_RECKONED)
          .else(eb.ref("progress"))
          .end()
          .as("progress"),
      ])
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
