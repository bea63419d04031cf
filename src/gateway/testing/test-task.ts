import { setTimeout as delay } from "node:timers/promises";
import { waitFor } from "../../../test/support/wait-for.ts";
import type { TestGateway } from "./test-gateway.ts";

/** Ids tell times apart that differ by 4 ms: what comes next is after all that the task has done. */
const APART_MS = 6;

/** The background task when it has ended, as it is answered. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look inside
export async function waitForTask(gateway: TestGateway, id: string): Promise<any> {
  const ended = await waitFor(`the end of ${id}`, async () => {
    const { body } = await gateway.call("GET", `/background-task/${id}`);
    return body.status === "running" ? undefined : body;
  });
  await delay(APART_MS);
  return ended;
}
