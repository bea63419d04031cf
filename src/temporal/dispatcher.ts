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
  /** Registers our search attributes where they are missing; whether the server knows them now. */
  readonly ensureSearchAttributes: () => Promise<boolean>;
};

/** Past this the messages go to the sweep, rather than wait for a server that hangs. */
const START_TIMEOUT_MS = 5_000;
/** A server refuses longer values (`frontend.searchAttributesSizeOfValueLimit` is 2 KB). */
const ATTRIBUTE_BYTES_MAX = 1_800;
const SUMMARY_LENGTH_MAX = 200;
/** A server may take a minute until it knows attributes that were added. */
const SEARCH_AGAIN_MS = 60_000;

const MESSAGES = defineSearchAttributeKey(MESSAGE_ATTRIBUTE, SearchAttributeType.KEYWORD_LIST);
const APPLICATIONS = defineSearchAttributeKey(
  APPLICATION_ATTRIBUTE,
  SearchAttributeType.KEYWORD_LIST,
);

/** The gateway's only view of Temporal. */
export async function createDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const { connection, namespace, taskQueue, hasWorker, ensureSearchAttributes } = options;
  const client = new Client({ connection, namespace });
  let canBeSearched = await ensureSearchAttributes();

  /** For a server that was replaced by an empty one, or does not act yet on what we registered. */
  function searchLater(): void {
    canBeSearched = false;
    const again = async (): Promise<void> => void (canBeSearched = await ensureSearchAttributes());
    setTimeout(() => void again(), SEARCH_AGAIN_MS).unref();
  }

  async function start(workflowId: string, messages: readonly MessageToCarry[]): Promise<void> {
    const input: DeliverMessagesInput = { messageIds: messages.map(({ id }) => id) };
    await connection.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
      client.workflow.start(DELIVER_MESSAGES, {
        taskQueue,
        workflowId,
        args: [input],
        requestEagerStart: hasWorker,
        staticSummary: summaryOf(messages),
        ...(canBeSearched && searchAttributesOf(messages)),
      }),
    );
  }

  return {
    async startDelivering(messages) {
      const [first] = messages;
      if (first === undefined) throw new Error("A workflow needs at least one message");
      const workflowId = deliverMessagesId(first.id);
      try {
        await start(workflowId, messages).catch(async (error: unknown) => {
          if (!canBeSearched || !isAboutSearchAttributes(error)) throw error;
          searchLater();
          await start(workflowId, messages);
        });
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

function isAboutSearchAttributes(error: unknown): boolean {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return /search attribute/i.test(`${message} ${cause instanceof Error ? cause.message : ""}`);
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
