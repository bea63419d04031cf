import type { WorkflowHandle } from "@temporalio/client";

/** What a workflow says of itself; nothing before its first task, or while it is too busy to answer. */
export async function detailsOf(workflow: WorkflowHandle): Promise<string> {
  try {
    const { currentDetails = "" } = await workflow.query<{ currentDetails?: string }>(
      "__temporal_workflow_metadata",
    );
    return currentDetails;
  } catch {
    return "";
  }
}
