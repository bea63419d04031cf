import type { TaskStatus } from "../../domain/background-task.ts";
import type { Changes } from "../catalogue-changes.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

export function createChanges({ kysely: db }: CatalogueDatabase): Changes {
  return {
    async messages(applicationId, idFrom, rowsMax) {
      const rows = await db
        .selectFrom("message")
        .select("id")
        .where("application_id", "=", applicationId)
        .where("id", ">=", idFrom)
        .orderBy("id", "desc")
        .limit(rowsMax)
        .execute();
      return rows.map(({ id }) => id);
    },
    async attempts(applicationId, fromMs, rowsMax) {
      const rows = await db
        .selectFrom("attempt")
        .select(["id", "message_id", "endpoint_id"])
        .where("application_id", "=", applicationId)
        .where("ended_at_ms", ">=", fromMs)
        .orderBy("ended_at_ms", "desc")
        .limit(rowsMax)
        .execute();
      return rows.map(({ id, message_id: messageId, endpoint_id: endpointId }) => ({
        id,
        messageId,
        endpointId,
      }));
    },
    async endpoints(applicationId, rowsMax) {
      const rows = await db
        .selectFrom("endpoint")
        .select(["id", "updated_at_ms", "failing_since_ms", "disabled_at_ms"])
        .where("application_id", "=", applicationId)
        .where("deleted_at_ms", "is", null)
        .orderBy("id", "desc")
        .limit(rowsMax)
        .execute();
      return rows.map(({ id, ...versions }) => ({ id, version: Object.values(versions).join() }));
    },
    async tasks(applicationId, rowsMax) {
      const rows = await db
        .selectFrom("background_task")
        .select(["id", "endpoint_id", "status", "updated_at_ms"])
        .where("application_id", "=", applicationId)
        .where("endpoint_id", "is not", null)
        .orderBy("id", "desc")
        .limit(rowsMax)
        .execute();
      return rows.map(({ id, endpoint_id: endpointId, status, updated_at_ms: version }) => ({
        id,
        endpointId: endpointId ?? "",
        status: status as TaskStatus,
        version: String(version),
      }));
    },
  };
}
