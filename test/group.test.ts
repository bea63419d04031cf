import type { WorkflowHandle } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { DueAttempt } from "../src/domain/waiting.ts";
import {
  attemptsOf,
  createCustomer,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import { growHistory } from "./support/ballast.ts";
import { detailsOf } from "./support/details.ts";
import { expectDueTimesKept } from "./support/due-times.ts";
import { attemptsIn, stepsOf, type Step } from "./support/history.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance, holdStarts } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";

const MESSAGES = 200;
/** As many as can be under way at one endpoint. */
const GROUP = 100;
/** The shortest time between two starts of workflows. */
const WINDOW_MS = 100;
const HOUR_MS = 3_600_000;
const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

function sendMany(posthorn: Installation, customer: Customer, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => send(posthorn, customer)));
}

/** The workflows that carry these messages, when they have all ended. */
async function carriersOf(
  posthorn: Installation,
  customer: Customer,
  messageIds: readonly string[],
): Promise<readonly WorkflowHandle[]> {
  const ids = await Promise.all(messageIds.map((id) => workflowIdOf(posthorn, customer, id)));
  const handles = [...new Set(ids)].map((id) => posthorn.temporal.workflow.getHandle(id));
  await Promise.all(handles.map((handle) => handle.result()));
  return handles;
}

function messageIdOf({ headers }: Received): string {
  return String(headers["svix-id"]);
}

describe.each(DATABASES)("messages that are sent together, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database, skipsTime: true });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("share few workflows, and each is delivered exactly once", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const startedAtMs = Date.now();
    const messageIds = await sendMany(posthorn, customer, MESSAGES);
    const windows = Math.ceil((Date.now() - startedAtMs) / WINDOW_MS);
    const carriers = await carriersOf(posthorn, customer, messageIds);

    // One before the first window, and one in which clocks are rounded.
    expect(carriers.length).toBeLessThanOrEqual(windows + 2);
    expect(carriers.length).toBeLessThan(MESSAGES);
    expect(receiver.requests.map(messageIdOf).toSorted()).toEqual(messageIds.toSorted());
    for (const id of messageIds) expect((await ended(posthorn, id)).state).toBe("succeeded");
  });

  it("are tried again together, each in its own time", async () => {
    const group = new Map<string, number>();
    const { promise: allHaveCome, resolve: answer } = Promise.withResolvers<void>();
    await using receiver = await startReceiver(async (request) => {
      const id = messageIdOf(request);
      const attempt = (group.get(id) ?? 0) + 1;
      group.set(id, attempt);
      if (group.size === GROUP + 1) answer();
      await allHaveCome;
      return { status: attempt <= failuresOf(id) ? 500 : 200 };
    });
    // Every second message fails, half of those twice.
    const failuresOf = (id: string): number => [0, 1, 0, 2][[...group.keys()].indexOf(id) % 4] ?? 0;

    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const release = holdStarts(posthorn.connection);
    const first = await send(posthorn, customer);
    const messageIds = await sendMany(posthorn, customer, GROUP);
    for (const id of messageIds) await recorded(posthorn, id, 1);
    release();
    await carriersOf(posthorn, customer, [first]);
    const carriers = await carriersOf(posthorn, customer, messageIds);
    expect(carriers).toHaveLength(1);

    const steps = (await Promise.all(carriers.map(stepsOf))).flat();
    const failures = messageIds.map(failuresOf);
    const retries = failures.reduce((sum, count) => sum + count, 0);
    expect(expectDueTimesKept(steps)).toHaveLength(retries);
    expect(steps.length).toBeLessThan(retries / 2);
    expect(receiver.requests).toHaveLength(GROUP + 1 + retries + failuresOf(first));
    for (const [i, id] of messageIds.entries()) {
      const attemptsMade = (failures[i] ?? NaN) + 1;
      expect(await ended(posthorn, id)).toMatchObject({ state: "succeeded", attemptsMade });
    }
  });
});

it("does not make a group wait for an endpoint that hangs", async () => {
  const { promise: othersAreThrough, resolve: goOn } = Promise.withResolvers<void>();
  await using receiver = await startReceiver(async ({ path }, count) => {
    if (path === "/fails" && count === 3) goOn();
    if (path === "/hangs" && count === 2) await othersAreThrough;
    return { status: count < 3 ? 500 : 204 };
  });
  await using posthorn = await startInstallation({
    environment: { REQUEST_TIMEOUT: "60s", RETRY_SCHEDULE: "1s,1s" },
  });
  const customer = await createCustomer(
    posthorn,
    receiver.urlOf("/hangs"),
    receiver.urlOf("/fails"),
  );
  const [hangingId, failingId] = customer.endpointIds;
  const messageId = await send(posthorn, customer);
  const workflow = posthorn.temporal.workflow.getHandle(
    await workflowIdOf(posthorn, customer, messageId),
  );
  expect(await workflow.result()).toEqual({ succeeded: 2, failed: 0 });

  const steps = await stepsOf(workflow);
  expectDueTimesKept(steps);
  const stepWith = (endpointId = "", attemptNumber = 0, patience = ""): Step | undefined =>
    steps.findLast(
      ({ input: [due, waits] }) =>
        (due as readonly DueAttempt[] | undefined)?.some(
          (one) => one.endpointId === endpointId && one.attemptNumber === attemptNumber,
        ) && patience === waits,
    );
  const alone = stepWith(hangingId, 2, "patient");
  expect(alone?.input[0]).toHaveLength(1);
  expect(alone?.report.attempts).toHaveLength(1);
  expect(stepWith(failingId, 3, "patient")).toBeDefined();
  // Had the group waited, what hangs would have come to its time limit.
  const attempts = await attemptsOf(posthorn, customer, messageId);
  const answers = attempts.filter(({ endpointId }) => endpointId === hangingId);
  expect(answers.map(({ responseStatusCode }) => responseStatusCode)).toEqual([500, 500, 204]);
});

it("gives each message its own workflow where a group is one message", async () => {
  await using receiver = await startReceiver();
  await using posthorn = await startInstallation({ environment: { DELIVERY_GROUP_MAX: "1" } });
  const customer = await createCustomer(posthorn, receiver.urlOf("/"));
  const messageIds = await sendMany(posthorn, customer, 20);
  const carriers = await carriersOf(posthorn, customer, messageIds);
  expect(carriers.map(({ workflowId }) => workflowId).toSorted()).toEqual(
    messageIds.map((id) => `deliver-${id}`).toSorted(),
  );
  expect(receiver.requests).toHaveLength(20);
});

describe("in Temporal's UI", () => {
  let posthorn: Installation;
  beforeAll(async () => {
    // What waits is attempted again when a test moves its clock on, and not before.
    posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "1h,1h,1h" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("finds the workflow that carries a message by the message's and the application's id", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageIds = await sendMany(posthorn, customer, 10);
    for (const id of messageIds) {
      const workflowId = await workflowIdOf(posthorn, customer, id);
      const query = `PosthornMessage = "${id}" and PosthornApp = "${customer.applicationId}"`;
      const found = await waitFor(query, async () => {
        const listed = await listWorkflows(posthorn, query);
        return listed.length > 0 ? listed : undefined;
      });
      expect(found.map((one) => one.workflowId)).toEqual([workflowId]);
    }
  });

  it("says what a workflow is, what it waits for, and what each attempt came to", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 503 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId] = customer.endpointIds;
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    expect(workflowId).toBe(`deliver-${messageId}`);
    const workflow = posthorn.temporal.workflow.getHandle(workflowId);

    const details = await waitFor("the delivery to wait", async () => {
      const current = await detailsOf(workflow);
      return current.includes("attempt 2 at") ? current : undefined;
    });
    expect(details).toMatch(
      new RegExp(
        `0 delivered, 0 given up, 1 waiting\\n\\n- .${messageId}. → .${endpointId}.: attempt 2 at \\d{4}`,
      ),
    );
    expect(await (await workflow.describe()).staticSummary()).toBe(`invoice.paid → ${endpointId}`);

    await advance(posthorn.temporal, workflowId, 2 * HOUR_MS);
    await workflow.result();
    const [first, second] = attemptsIn(await stepsOf(workflow));
    const line = (text: string): unknown =>
      expect.stringMatching(
        new RegExp(`^${endpointId} ${text} in \\d+ ms \\(invoice.paid, ${messageId}\\)$`),
      );
    expect(first?.report.attempts).toEqual([line("attempt 1: 503")]);
    expect(second?.summary).toBe(`attempt 2: ${messageId} → ${endpointId}`);
    expect(second?.report).toEqual({
      succeeded: 1,
      failed: 0,
      attempts: [line("attempt 2: 200")],
      waiting: [],
    });
  });

  it("hands what waits on to a new run when the history grows long", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count < 4 ? 500 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    const workflow = posthorn.temporal.workflow.getHandle(workflowId);
    const firstRunId = (await workflow.describe()).runId;
    await growHistory(workflow);

    await advance(posthorn.temporal, workflowId, 1.5 * HOUR_MS);
    await recorded(posthorn, messageId, 2);
    const secondRunId = await waitFor("a second run", async () => {
      const { runId } = await workflow.describe();
      return runId === firstRunId ? undefined : runId;
    });
    await advance(posthorn.temporal, workflowId, 6 * HOUR_MS);
    expect(await workflow.result()).toEqual({ succeeded: 1, failed: 0 });
    expect((await ended(posthorn, messageId)).attemptsMade).toBe(4);
    expect(receiver.requests).toHaveLength(4);

    const runs = await Promise.all(
      [firstRunId, secondRunId].map((runId) =>
        stepsOf(posthorn.temporal.workflow.getHandle(workflowId, runId)),
      ),
    );
    expect(expectDueTimesKept(runs.flat())).toHaveLength(3);
    expect(runs.map((steps) => attemptsIn(steps).length)).toEqual([2, 2]);
    const second = await posthorn.temporal.workflow.getHandle(workflowId, secondRunId).describe();
    expect(second.searchAttributes["PosthornMessage"]).toEqual([messageId]);
  });
});

async function listWorkflows({ temporal }: Installation, query: string) {
  const listed = [];
  for await (const one of temporal.workflow.list({ query })) listed.push(one);
  return listed;
}
