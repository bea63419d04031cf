/**
 * Records a history of each shape that the workflows have, for replay.test.ts:
 *
 *     node_modules/.bin/node test/record-histories.ts [shape …]
 *
 * A history that is there already is kept unless its shape is named: it stands for the workflows
 * that run at somebody's when they upgrade. Record a new shape when the workflow's code gets one.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import {
  deliverInOrderId,
  LINE_CHANGED_SIGNAL,
  resendMessageId,
  TRIGGER_EXAMPLE,
  triggerScheduleId,
} from "../workflows/contract.ts";
import {
  createCustomer,
  createOrderedCustomer,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import { growHistory, withoutBallast } from "./support/ballast.ts";
import { openInstallation, ORGANIZATION, type Installation } from "./support/installation.ts";
import { startReceiver, type AnswerTo } from "./support/receiver.ts";
import { createRunDirectory } from "./support/run-directory.ts";
import { startTestTemporal } from "./support/temporal.ts";
import { advance, holdStarts } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";
import { sleepingWatch } from "./support/watches.ts";

const GROUP = 12;
/** For a background task, two pages. */
const TASK_MESSAGES = 110;
const WHOLE_SCHEDULE_MS = 28 * 3_600_000;
const DISABLED_AFTER_MS = 5 * 86_400_000;

type Recorded = { readonly workflowId: string; readonly runId?: string };

type Shape = {
  readonly paths: readonly string[];
  readonly answer: AnswerTo;
  readonly run: (posthorn: Installation, customer: Customer) => Promise<Recorded>;
};

/** An answer that is waited for, and then given. */
let inOrderUrl = "";
let held = { asked: Promise.withResolvers<void>(), given: Promise.withResolvers<void>() };

const SHAPES: Readonly<Record<string, Shape>> = {
  "single-success": {
    paths: ["/"],
    answer: () => ({ status: 204 }),
    run: runSingle,
  },
  "single-exhausted": {
    paths: ["/"],
    answer: () => ({ status: 500 }),
    run: runSingle,
  },
  "group-mixed": {
    paths: ["/fine", "/fails-once", "/gone"],
    answer: ({ path }, count) => {
      if (path === "/fails-once") return { status: count <= GROUP + 1 ? 503 : 200 };
      return { status: path === "/gone" ? 410 : 200 };
    },
    run: runGroup,
  },
  "slow-endpoint": {
    paths: ["/hangs", "/fails"],
    answer: ({ path }, count) => {
      if (path === "/hangs" && count === 2) return undefined;
      return { status: count <= 2 ? 500 : 200 };
    },
    run: runSingle,
  },
  "continued-as-new": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count <= 3 ? 500 : 200 }),
    run: runContinued,
  },
  "continued-from-another": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count <= 3 ? 500 : 200 }),
    run: async (posthorn, customer) => ({
      workflowId: (await runContinued(posthorn, customer)).workflowId,
    }),
  },
  "resend-twice": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count === 2 ? 500 : 200 }),
    run: runResends,
  },
  "resend-continued-as-new": {
    paths: ["/"],
    answer: async (_request, count) => {
      if (count === 2) await heldAnswer();
      return { status: 200 };
    },
    run: runResendContinued,
  },
  "background-task": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count <= TASK_MESSAGES ? 500 : 200 }),
    run: async (posthorn, customer) => runToItsEnd(posthorn, await recover(posthorn, customer)),
  },
  "background-task-continued-as-new": {
    paths: ["/"],
    answer: answerTaskWhenHeld,
    run: runTaskContinued,
  },
  "background-task-canceled": {
    paths: ["/"],
    answer: answerTaskWhenHeld,
    run: runTaskCanceled,
  },
  "watch-disables": {
    paths: ["/"],
    answer: () => ({ status: 500 }),
    run: runWatch,
  },
  "watch-recovers": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count <= 2 ? 500 : 200 }),
    run: runWatchToSuccess,
  },
  "in-order": {
    paths: [],
    answer: (_request, count) => ({ status: count <= 2 ? 500 : 200 }),
    run: runInOrder,
  },
  "in-order-continued-as-new": {
    paths: [],
    answer: (_request, count) => ({ status: count <= 2 ? 500 : 200 }),
    run: runInOrderContinued,
  },
  "trigger-example": { paths: [], answer: () => ({ status: 204 }), run: runTrigger },
  "watch-continued-as-new": {
    paths: ["/"],
    answer: (_request, count) => ({ status: count === 3 ? 200 : 500 }),
    run: runWatchContinued,
  },
};

const named = process.argv.slice(2);
const directory = createRunDirectory();
const server = await startTestTemporal(directory);
try {
  for (const [name, shape] of Object.entries(SHAPES)) {
    const file = fileURLToPath(new URL(`histories/${name}.json`, import.meta.url));
    if (existsSync(file) && !named.includes(name)) continue;
    writeFileSync(file, await record(shape, server.address));
    console.log(name);
  }
} finally {
  await server.stop();
  rmSync(directory, { recursive: true });
}

async function record({ paths, answer, run }: Shape, temporalAddress: string): Promise<string> {
  await using receiver = await startReceiver(answer);
  await using posthorn = await openInstallation({
    temporalAddress,
    environment: { REQUEST_TIMEOUT: "3s" },
  });
  held = { asked: Promise.withResolvers(), given: Promise.withResolvers() };
  inOrderUrl = receiver.urlOf("/");
  const customer = await createCustomer(posthorn, ...paths.map(receiver.urlOf));
  const { workflowId, runId } = await run(posthorn, customer);
  const history = await posthorn.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
  return `${historyToJSON(withoutBallast(history))}\n`;
}

async function runSingle(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const messageId = await send(posthorn, customer);
  return runToItsEnd(posthorn, await workflowIdOf(posthorn, customer, messageId));
}

/** In a sandbox that is not there any more: what is done in Temporal is the same. */
async function runTrigger({ temporal, taskQueue }: Installation, customer: Customer) {
  const eventType = "invoice.paid";
  const { applicationId } = customer;
  const input = { organizationId: ORGANIZATION, applicationId, eventType };
  const workflowId = triggerScheduleId(applicationId, "1");
  await temporal.workflow.execute(TRIGGER_EXAMPLE, { workflowId, taskQueue, args: [input] });
  return { workflowId };
}

async function runToItsEnd({ temporal }: Installation, workflowId: string): Promise<Recorded> {
  const workflow = temporal.workflow.getHandle(workflowId);
  // It sleeps when what it sleeps for can be read, or it has ended.
  await workflow.query("__temporal_workflow_metadata");
  const { status } = await workflow.describe();
  if (status.name === "RUNNING") await advance(temporal, workflowId, WHOLE_SCHEDULE_MS);
  await workflow.result();
  return { workflowId };
}

/** The first message goes alone; those that come while its workflow is started go together. */
async function runGroup(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const release = holdStarts(posthorn.connection);
  await send(posthorn, customer);
  const sent = Array.from({ length: GROUP }, () => send(posthorn, customer));
  const [messageId = ""] = await Promise.all(sent);
  release();
  return runToItsEnd(posthorn, await workflowIdOf(posthorn, customer, messageId));
}

async function runContinued(
  posthorn: Installation,
  customer: Customer,
): Promise<Required<Recorded>> {
  const messageId = await send(posthorn, customer);
  await recorded(posthorn, messageId, 1);
  const workflowId = await workflowIdOf(posthorn, customer, messageId);
  const workflow = posthorn.temporal.workflow.getHandle(workflowId);
  const { runId } = await workflow.describe();
  await growHistory(workflow);
  await advance(posthorn.temporal, workflowId, WHOLE_SCHEDULE_MS);
  await workflow.result();
  return { workflowId, runId };
}

async function heldAnswer(): Promise<void> {
  held.asked.resolve();
  await held.given.promise;
}

async function answerTaskWhenHeld(_request: unknown, count: number) {
  if (count > TASK_MESSAGES) await heldAnswer();
  return { status: count <= TASK_MESSAGES ? 500 : 200 };
}

async function runResends(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const { workflowId, resend } = await resender(posthorn, customer);
  await Promise.all([resend(), resend()]);
  await posthorn.temporal.workflow.getHandle(workflowId).result();
  return { workflowId };
}

async function runResendContinued(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const { workflowId, resend } = await resender(posthorn, customer);
  await resend();
  await resend();
  return continueInTheMiddle(posthorn, workflowId);
}

async function resender(posthorn: Installation, customer: Customer) {
  const { applicationId, endpointIds } = customer;
  const [endpointId = ""] = endpointIds;
  const messageId = await send(posthorn, customer);
  await ended(posthorn, messageId);
  const workflowId = resendMessageId({ messageId, endpointId });
  return {
    workflowId,
    resend: () => posthorn.svix.messageAttempt.resend(applicationId, messageId, endpointId),
  };
}

/** Sends what fails, and begins its recovery. Returns the id of its workflow, which is the task's. */
async function recover(posthorn: Installation, customer: Customer): Promise<string> {
  const { applicationId, endpointIds } = customer;
  const [endpointId = ""] = endpointIds;
  const { svix } = posthorn;
  const failing = Array.from({ length: TASK_MESSAGES }, () => send(posthorn, customer));
  for (const messageId of await Promise.all(failing)) await recorded(posthorn, messageId, 1);
  const since = new Date(Date.now() - 3_600_000);
  return (await svix.endpoint.bulkReplay(applicationId, endpointId, { since })).id;
}

async function runTaskContinued(posthorn: Installation, customer: Customer): Promise<Recorded> {
  return continueInTheMiddle(posthorn, await recover(posthorn, customer));
}

async function runTaskCanceled(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const workflowId = await recover(posthorn, customer);
  const workflow = posthorn.temporal.workflow.getHandle(workflowId);
  await held.asked.promise;
  await workflow.cancel();
  held.given.resolve();
  await workflow.result().catch(() => undefined);
  return { workflowId };
}

async function runWatch(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const { watch } = await watched(posthorn, customer);
  await advance(posthorn.temporal, watch.workflowId, DISABLED_AFTER_MS);
  await watch.result();
  return { workflowId: watch.workflowId };
}

async function runWatchToSuccess(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const { watch } = await watched(posthorn, customer);
  await send(posthorn, customer);
  await watch.result();
  return { workflowId: watch.workflowId };
}

/** It succeeds, and fails again, before its watch has looked. */
async function runWatchContinued(posthorn: Installation, customer: Customer): Promise<Recorded> {
  const { watch, runId } = await watched(posthorn, customer);
  await growHistory(watch);
  for (let sent = 0; sent < 2; sent++) await recorded(posthorn, await send(posthorn, customer), 1);
  const [endpointId = ""] = customer.endpointIds;
  await sleepingWatch(posthorn, endpointId, runId);
  return { workflowId: watch.workflowId, runId };
}

async function watched(posthorn: Installation, customer: Customer) {
  for (let sent = 0; sent < 2; sent++) await recorded(posthorn, await send(posthorn, customer), 1);
  const watch = await sleepingWatch(posthorn, customer.endpointIds[0] ?? "");
  const { runId } = await watch.describe();
  return { watch, runId };
}

/** The first fails; others join while it waits. */
async function runInOrder(posthorn: Installation): Promise<Recorded> {
  const { workflowId } = await waitingLine(posthorn);
  await advance(posthorn.temporal, workflowId, WHOLE_SCHEDULE_MS);
  await posthorn.temporal.workflow.getHandle(workflowId).result();
  return { workflowId };
}

async function runInOrderContinued(posthorn: Installation): Promise<Recorded> {
  const { workflowId, runId } = await waitingLine(posthorn);
  const line = posthorn.temporal.workflow.getHandle(workflowId);
  await growHistory(line);
  await line.signal(LINE_CHANGED_SIGNAL);
  await advance(posthorn.temporal, workflowId, WHOLE_SCHEDULE_MS);
  await line.result();
  return { workflowId, runId };
}

async function waitingLine(posthorn: Installation) {
  const customer = await createOrderedCustomer(posthorn, inOrderUrl);
  const workflowId = deliverInOrderId(customer.endpointIds[0] ?? "");
  const line = posthorn.temporal.workflow.getHandle(workflowId);
  await recorded(posthorn, await send(posthorn, customer), 1);
  await send(posthorn, customer);
  await waitFor("the line to wait", async () => {
    const metadata = await line.query<{ currentDetails?: string }>("__temporal_workflow_metadata");
    return metadata.currentDetails?.includes("waits until") || undefined;
  });
  await line.signal(LINE_CHANGED_SIGNAL);
  const { runId } = await line.describe();
  return { workflowId, runId };
}

async function continueInTheMiddle(posthorn: Installation, workflowId: string): Promise<Recorded> {
  const workflow = posthorn.temporal.workflow.getHandle(workflowId);
  await held.asked.promise;
  const { runId } = await workflow.describe();
  await growHistory(workflow);
  held.given.resolve();
  await workflow.result();
  return { workflowId, runId };
}
