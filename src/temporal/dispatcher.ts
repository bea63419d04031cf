import { Client, WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from "@temporalio/common";
import type { NativeConnection } from "@temporalio/worker";
import type { Dispatcher, MessageToCarry } from "../delivery/workflow-starts.ts";
import {
  APPLICATION_ATTRIBUTE,
  DELIVER_MESSAGES,
  deliverMessagesId,
  MESSAGE_ATTRIBUTE,
  type DeliverMessagesInput,
} from "../../workflows/contract.ts";

export type DispatcherOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** A worker of this process shares the connection, and can be handed the first task. */
  readonly hasWorker: boolean;
  /** The server knows our search attributes. */
  readonly hasSearchAttributes: boolean;
};

/** Past this the messages go to the sweep, rather than wait for a server that hangs. */
const START_TIMEOUT_MS = 5_000;
/** A server refuses longer values (`frontend.searchAttributesSizeOfValueLimit` is 2 KB). */
const ATTRIBUTE_BYTES_MAX = 1_800;
const SUMMARY_LENGTH_MAX = 200;

const MESSAGES = defineSearchAttributeKey(MESSAGE_ATTRIBUTE, SearchAttributeType.KEYWORD_LIST);
const APPLICATIONS = defineSearchAttributeKey(
  APPLICATION_ATTRIBUTE,
  SearchAttributeType.KEYWORD_LIST,
);

/** The gateway's only view of Temporal. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { connection, namespace, taskQueue, hasWorker } = options;
  const client = new Client({ connection, namespace });

  return {
    async startDelivering(messages) {
      const [first] = messages;
      if (first === undefined) throw new Error("A workflow needs at least one message");
      const workflowId = deliverMessagesId(first.id);
      const input: DeliverMessagesInput = { messageIds: messages.map(({ id }) => id) };
      try {
        await connection.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
          client.workflow.start(DELIVER_MESSAGES, {
            taskQueue,
            workflowId,
            args: [input],
            requestEagerStart: hasWorker,
            staticSummary: summaryOf(messages),
            ...(options.hasSearchAttributes && searchAttributesOf(messages)),
          }),
        );
        return { kind: "started", workflowId };
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) {
          return { kind: "already_running" };
        }
        throw error;
      }
    },
  };
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

function searchAttributesOf(messages: readonly MessageToCarry[]) {
  const ids = messages.map(({ id }) => id);
  const applicationIds = [...new Set(messages.map(({ applicationId }) => applicationId))];
  if (ids.join().length > ATTRIBUTE_BYTES_MAX || applicationIds.join().length > ATTRIBUTE_BYTES_MAX)
    return undefined;
  return {
    typedSearchAttributes: new TypedSearchAttributes([
      { key: MESSAGES, value: ids },
      { key: APPLICATIONS, value: applicationIds },
    ]),
  };
}
