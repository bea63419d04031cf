import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";
import { operationalPayload, type OperationalEvent } from "../../src/domain/operational-events.ts";
import { goModule } from "./toolchains.ts";

/** The first time, what the program imports is compiled. */
const READ_MS_MAX = 300_000;
const TIME_MS = 1_795_000_000_123;

const go = inject("go");

const ENDPOINT = {
  applicationId: "app_3MRKXBi4EsTwVItAdipSNhnpCyM",
  applicationUid: "acme",
  endpointId: "ep_3MRKXBi4EsTwVItAdipSNhnpCyM",
  endpointUid: null,
};
const ATTEMPT = {
  ...ENDPOINT,
  messageId: "msg_3MRKXBi4EsTwVItAdipSNhnpCyM",
  messageEventId: "invoice-42",
  attemptId: "atmpt_3MRKXBi4EsTwVItAdipSNhnpCyM",
  statusCode: 500,
  endedAtMs: TIME_MS,
};
const TASK = { taskId: "qtask_3MRKXBi4EsTwVItAdipSNhnpCyM", counts: { sent: 3 } };

const TOLD: readonly OperationalEvent[] = [
  { type: "endpoint.created", facts: ENDPOINT },
  { type: "endpoint.updated", facts: { ...ENDPOINT, applicationUid: null } },
  { type: "endpoint.deleted", facts: ENDPOINT },
  { type: "endpoint.enabled", facts: { ...ENDPOINT, endpointUid: "one" } },
  { type: "endpoint.disabled", facts: { ...ENDPOINT, reason: "owner", failingSinceMs: null } },
  { type: "endpoint.disabled", facts: { ...ENDPOINT, reason: "gone", failingSinceMs: TIME_MS } },
  { type: "endpoint.disabled", facts: { ...ENDPOINT, reason: "failing", failingSinceMs: TIME_MS } },
  { type: "message.attempt.failing", facts: ATTEMPT },
  { type: "message.attempt.exhausted", facts: { ...ATTEMPT, messageEventId: null, statusCode: 0 } },
  { type: "message.attempt.recovered", facts: { ...ATTEMPT, statusCode: 204 } },
  {
    type: "background_task.finished",
    facts: { ...TASK, taskType: "endpoint.recover", status: "finished", error: null },
  },
  {
    type: "background_task.finished",
    facts: { ...TASK, taskType: "application.stats", status: "failed", error: "canceled" },
  },
];

/** What the program that has the published client's models says of these lines. */
async function readInGo(payloads: readonly object[]): Promise<string> {
  const reading = promisify(execFile)(go ?? "", ["run", "-buildvcs=false", "./told"], {
    cwd: goModule,
    timeout: READ_MS_MAX,
  });
  reading.child.stdin?.end(payloads.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return (await reading).stdout.trim();
}

it.skipIf(go === null)(
  "the published client for Go has models for what organizations are told",
  { timeout: 2 * READ_MS_MAX },
  async () => {
    expect(await readInGo(TOLD.map(operationalPayload))).toBe("all well");
    const [first] = TOLD.map(operationalPayload);
    await expect(readInGo([{ ...first, data: { appId: 1 } }])).rejects.toThrow("appId");
  },
);
