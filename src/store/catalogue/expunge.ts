import { isId } from "../../domain/ids.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** Forgets the payloads of those messages that the application has. Answers their names. */
export async function expungeMany(
  database: CatalogueDatabase,
  applicationId: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { kysely: db, locked } = database;
  const ids = names.filter((name) => isId("msg", name));
  const found = [
    ...(await find(database, applicationId, ["id", ids])),
    ...(await find(database, applicationId, ["event_id", names])),
  ];
  if (found.length === 0) return new Set();

  const toExpunge = db
    .selectFrom("message")
    .select("id")
    .where(
      "id",
      "in",
      found.map(({ id }) => id),
    )
    .orderBy("id");
  await db
    .updateTable("message")
    .set({ payload: null, payload_expires_at_ms: null })
    .where("id", "in", locked(toExpunge, "all"))
    .execute();
  return new Set(found.map(({ id, name }) => name ?? id));
}

async function find(
  { kysely }: CatalogueDatabase,
  applicationId: string,
  [column, values]: readonly ["id" | "event_id", readonly string[]],
) {
  if (values.length === 0) return [];
  return kysely
    .selectFrom("message")
    .select(["id", `${column} as name`])
    .where("application_id", "=", applicationId)
    .where(column, "in", values)
    .execute();
}
