import { setTimeout as delay } from "node:timers/promises";
import type { TestGateway } from "./test-gateway.ts";

const POLL_MS = 5;
const POLLS_MAX = 1_000;

/** The background task when it has ended, as it is answered. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look inside
export async function waitForTask(gateway: TestGateway, id: string): Promise<any> {
  for (let polls = 0; polls < POLLS_MAX; polls++) {
    const { body } = await gateway.call("GET", `/background-task/${id}`);
    if (body.status !== "running") return body;
    await delay(POLL_MS);
  }
  throw new Error(`${id} does not end`);
}
