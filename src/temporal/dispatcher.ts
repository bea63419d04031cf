import {
  Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import type { Resend } from "../delivery/resend.ts";
import type { LineDispatcher } from "../delivery/lines/tell-line.ts";
import type { TaskDispatcher } from "../delivery/tasks/begin-task.ts";
import type { WatchFinder } from "../delivery/find-lost-watches.ts";
import type { WatchDispatcher } from "../delivery/tell-watches.ts";
import type { TriggerSchedules } from "../delivery/trigger-schedules.ts";
import type { TaskCanceler } from "../delivery/tasks/cancel-task.ts";
import type { Dispatcher, MessageToCarry } from "../delivery/workflow-starts.ts";
import {
  DELIVER_MESSAGES,
  deliverMessagesId,
  RESEND_MESSAGE,
  RESEND_SIGNAL,
  resendMessageId,
  RUN_BACKGROUND_TASK,
  type DeliverMessagesInput,
  type ResendMessageInput,
  type RunBackgroundTaskInput,
} from "../../workflows/contract.ts";
import { createLineStart } from "./line-start.ts";
import { createSearchable } from "./searchable.ts";
import { createTriggerSchedules } from "./trigger-schedules.ts";
import { createFindWatch, createWatchStart } from "./watch-start.ts";

export type DispatcherOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** A worker of this process shares the connection, and can be handed the first task. */
  readonly hasWorker: boolean;
  /** Registers our search attributes where they are missing; whether the server knows them now. */
  readonly ensureSearchAttributes: () => Promise<boolean>;
};

/** Past this the messages go to the sweep, rather than wait for a server that hangs. */
const START_TIMEOUT_MS = 5_000;
const SUMMARY_LENGTH_MAX = 200;

/** All that a gateway asks of Temporal. */
export type AnyDispatcher = Dispatcher &
  TaskDispatcher &
  WatchDispatcher &
  WatchFinder &
  LineDispatcher &
  TaskCanceler & { readonly resend: Resend; readonly triggerSchedules: TriggerSchedules };

/** The gateway's only view of Temporal. */
export async function createDispatcher(options: DispatcherOptions): Promise<AnyDispatcher> {
  const { connection, namespace, taskQueue, hasWorker } = options;
  const { workflow, schedule } = new Client({ connection, namespace });
  const searchable = await createSearchable(options.ensureSearchAttributes);
  const inTime = <Result>(call: () => Promise<Result>): Promise<Result> =>
    connection.withDeadline(Date.now() + START_TIMEOUT_MS, call);

  return {
    watchEndpoint: createWatchStart(workflow, taskQueue, inTime),
    isWatched: createFindWatch(workflow, inTime),
    carryLine: createLineStart(workflow, taskQueue, inTime),
    triggerSchedules: createTriggerSchedules(schedule, taskQueue, inTime),

    async startDelivering(messages) {
      const [first] = messages;
      if (first === undefined) throw new Error("A workflow needs at least one message");
      const workflowId = deliverMessagesId(first.id, first.round);
      const messageIds = messages.map(({ id }) => id);
      const found = { messageIds, applicationIds: messages.map((one) => one.applicationId) };
      const input: DeliverMessagesInput = { messageIds };
      const started = {
        taskQueue,
        workflowId,
        args: [input],
        requestEagerStart: hasWorker,
        staticSummary: summaryOf(messages),
      };
      const isNew = await isStarted(
        searchable.start(found, (search) =>
          inTime(() => workflow.start(DELIVER_MESSAGES, { ...started, ...search })),
        ),
      );
      return isNew ? { kind: "started", workflowId } : { kind: "already_running" };
    },

    async resend({ messageId, endpointId, applicationId }) {
      const input: ResendMessageInput = { messageId, endpointId, applicationId };
      const signaled = {
        taskQueue,
        workflowId: resendMessageId(input),
        args: [input],
        signal: RESEND_SIGNAL,
        staticSummary: `by hand: ${messageId} → ${endpointId}`,
      };
      const found = { messageIds: [messageId], applicationIds: [applicationId] };
      await searchable.start(found, (search) =>
        inTime(() => workflow.signalWithStart(RESEND_MESSAGE, { ...signaled, ...search })),
      );
    },

    async startTask({ id: taskId, work }) {
      const input: RunBackgroundTaskInput = { taskId };
      const at = "endpointId" in work ? ` → ${work.endpointId}` : "";
      const started = {
        taskQueue,
        workflowId: taskId,
        args: [input],
        staticSummary: `${work.type}${at}`,
      };
      const applicationIds = "applicationId" in work ? [work.applicationId] : [];
      await isStarted(
        searchable.start({ messageIds: [], applicationIds }, (search) =>
          inTime(() => workflow.start(RUN_BACKGROUND_TASK, { ...started, ...search })),
        ),
      );
    },

    cancelTask: (taskId) => unlessGone(inTime(() => workflow.getHandle(taskId).cancel())),
  };
}

/** Resolves as well where there is no such workflow that runs. */
async function unlessGone(told: Promise<unknown>): Promise<void> {
  try {
    await told;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** false if a workflow of that id is running. Rejects as `start` does otherwise. */
async function isStarted(start: Promise<unknown>): Promise<boolean> {
  try {
    await start;
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** "order.completion → ep_…" for one message, counts for a group. */
function summaryOf(messages: readonly MessageToCarry[]): string {
  const [first] = messages;
  const endpointIds = first?.endpointIds ?? [];
  const text =
    messages.length === 1 && first?.eventType !== undefined
      ? `${first.eventType} → ${endpointIds.join(", ")}`
      : `${messages.length} messages: ${eventTypesOf(messages)}`;
  return text.length > SUMMARY_LENGTH_MAX ? `${text.slice(0, SUMMARY_LENGTH_MAX - 1)}…` : text;
}

function eventTypesOf(messages: readonly MessageToCarry[]): string {
  return [...new Set(messages.map(({ eventType }) => eventType ?? "overdue"))].join(", ");
}
