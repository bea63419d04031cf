import { setTimeout as delay } from "node:timers/promises";
import { Connection } from "@temporalio/client";

const POLL_MS = 50;
const CALL_MS_MAX = 2_000;

/** Resolves when the server at the address serves its default namespace; throws after the limit. */
export async function untilReady(address: string, readyMsMax: number): Promise<void> {
  const deadline = Date.now() + readyMsMax;
  for (;;) {
    try {
      return await describeDefaultNamespace(address);
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`it did not answer at ${address} within ${readyMsMax / 1000} s`, {
          cause: error,
        });
      }
      await delay(POLL_MS);
    }
  }
}

/** A new connection each time: one that was refused waits for a second before it tries again. */
async function describeDefaultNamespace(address: string): Promise<void> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + CALL_MS_MAX, () =>
      connection.workflowService.describeNamespace({ namespace: "default" }),
    );
  } finally {
    await connection.close();
  }
}
