import type { BackgroundTask, TaskStatus } from "../../domain/background-task.ts";
import type { BackgroundTaskRow } from "../tables.ts";

export function toTask(row: BackgroundTaskRow): BackgroundTask {
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

export function fromTask(task: BackgroundTask): BackgroundTaskRow {
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
