import type { NativeConnection } from "@temporalio/worker";

const ANSWER_MS_MAX = 2_000;

/** Resolves if Temporal answers, rejects if not. */
export function createTemporalCheck(connection: NativeConnection): () => Promise<void> {
  return async () => {
    await connection.withDeadline(Date.now() + ANSWER_MS_MAX, () =>
      connection.workflowService.getSystemInfo({}),
    );
  };
}
