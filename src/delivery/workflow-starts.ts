import type { Logger } from "pino";
import type { HotStore } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";

/** A message that needs a workflow to carry it, with what its summary says. */
export type MessageToCarry = {
  readonly id: string;
  readonly applicationId: string;
  /** How many of its deliveries have not ended. */
  readonly deliveries: number;
  /** As the store has it; 0 without. */
  readonly round?: number;
  /** For the summary that people read; not known to the sweep. */
  readonly eventType?: string;
  readonly endpointIds?: readonly string[];
};

/** The engine's view of Temporal. The workflow's id derives from the first message's, and its round. */
export type Dispatcher = {
  /** Rejects if Temporal cannot be reached or refuses. */
  startDelivering(messages: readonly MessageToCarry[]): Promise<StartResult>;
};

export type StartResult =
  { readonly kind: "started"; readonly workflowId: string } | { readonly kind: "already_running" };

export type WorkflowStarts = {
  /**
   * Has the message carried by a workflow. Resolves at once, unless too many wait: then when the
   * backlog has shrunk. While Temporal is away the message is left to the sweep.
   */
  add(message: MessageToCarry): Promise<void>;
  /** Starts workflows again for overdue messages. Rejects if Temporal cannot be reached. */
  restart(messages: readonly MessageToCarry[]): Promise<void>;
  /** Resolves when nothing waits to be started. */
  drain(): Promise<void>;
};

export type WorkflowStartsDeps = {
  readonly dispatcher: Dispatcher;
  readonly store: Pick<HotStore, "noteWorkflow">;
  /** Messages that one workflow carries at most; 1 gives each its own. */
  readonly groupMax: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

/** The shortest time between two starts: what comes meanwhile shares the next workflow. */
const WINDOW_MS = 100;
const BACKLOG_MAX = 1_000;
/**
 * What a workflow waits for stands in its history, some 190 bytes for each delivery: Temporal takes
 * no payload above 2 MB.
 */
const GROUP_DELIVERIES_MAX = 2_000;
/** How long messages go straight to the sweep after a start has failed. */
const AWAY_MS = 2_000;

/**
 * Group commit for workflow starts: a workflow costs Temporal the same whatever it carries, so one
 * request is under way at a time and takes along all that has gathered.
 */
export function createWorkflowStarts(deps: WorkflowStartsDeps): WorkflowStarts {
  const { groupMax, metrics, logger } = deps;
  const slowed: (() => void)[] = [];
  let waiting: MessageToCarry[] = [];
  let starting: Promise<void> | undefined;
  let awayUntilMs = 0;

  function leaveToSweep(error: unknown, notStarted: number): void {
    awayUntilMs = Date.now() + AWAY_MS;
    const messages = notStarted + waiting.length;
    logger.warn({ err: error, messages }, "starts are left to the sweep");
    waiting = [];
  }

  async function startWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const windowEnds = new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
      const group = waiting.splice(0, groupLength(waiting, groupMax));
      await start(deps, group).catch((error: unknown) => leaveToSweep(error, group.length));
      metrics.messagesAwaitingStart.set(waiting.length);
      for (const resume of slowed.splice(0)) resume();
      if (groupMax > 1) await windowEnds;
    }
    starting = undefined;
  }

  return {
    async add(message) {
      if (Date.now() < awayUntilMs) return;
      waiting.push(message);
      metrics.messagesAwaitingStart.set(waiting.length);
      starting ??= startWaiting();
      if (waiting.length > BACKLOG_MAX) {
        await new Promise<void>((resolve) => slowed.push(resolve));
      }
    },

    async restart(messages) {
      let rest = messages;
      while (rest.length > 0) {
        const group = rest.slice(0, groupLength(rest, groupMax));
        const result = await start(deps, group);
        // A running workflow of that id carries the first message, and perhaps no other.
        rest = rest.slice(result.kind === "started" ? group.length : 1);
      }
    },

    drain: () => starting ?? Promise.resolve(),
  };
}

async function start(
  deps: WorkflowStartsDeps,
  group: readonly MessageToCarry[],
): Promise<StartResult> {
  const { dispatcher, metrics } = deps;
  try {
    const result = await dispatcher.startDelivering(group);
    metrics.workflowStarts.inc({ result: result.kind });
    if (result.kind === "started") noteStarted(deps, group, result.workflowId);
    return result;
  } catch (error) {
    metrics.workflowStarts.inc({ result: "failed" });
    throw error;
  }
}

function noteStarted(
  { store, metrics, logger }: WorkflowStartsDeps,
  group: readonly MessageToCarry[],
  workflowId: string,
): void {
  metrics.messagesStarted.inc(group.length);
  const ids = group.map(({ id }) => id);
  store.noteWorkflow(ids, workflowId).catch((error: unknown) => {
    logger.warn({ err: error, workflowId }, "could not note which workflow carries a group");
  });
}

/** How many of the first messages go together: at least one. */
function groupLength(messages: readonly MessageToCarry[], groupMax: number): number {
  let deliveriesTogether = 0;
  const end = messages.findIndex(({ deliveries }, i) => {
    deliveriesTogether += deliveries;
    return i > 0 && (i === groupMax || deliveriesTogether > GROUP_DELIVERIES_MAX);
  });
  return end === -1 ? messages.length : end;
}
