import { createActivities } from "../../activities/activities.ts";
import { createAccept } from "../delivery/accept.ts";
import { createBeginAnew } from "../delivery/begin-anew.ts";
import { startExpire } from "../delivery/expire.ts";
import { startFindingLostWatches } from "../delivery/find-lost-watches.ts";
import { createLocalLines } from "../delivery/lines/local-lines.ts";
import { startSeeingToLines } from "../delivery/lines/see-to-lines.ts";
import { createTellLine } from "../delivery/lines/tell-line.ts";
import { createMetrics } from "../delivery/metrics.ts";
import { startSweep } from "../delivery/sweep.ts";
import { createBeginTasks } from "../delivery/tasks/begin-task.ts";
import { createCancelTask } from "../delivery/tasks/cancel-task.ts";
import { startTaskRestarts } from "../delivery/tasks/restart-tasks.ts";
import { startTellingOrganizations } from "../delivery/tell-organizations.ts";
import { startTellingWatches } from "../delivery/tell-watches.ts";
import type { PublishExample } from "../delivery/trigger-schedules.ts";
import { createWorkflowStarts } from "../delivery/workflow-starts.ts";
import { createGatewayResend } from "../gateway/attempts/gateway-resend.ts";
import { createGatewaySchedules } from "../gateway/events/gateway-schedules.ts";
import { createPublishExample } from "../gateway/events/publish-example.ts";
import { bundleWorkflows } from "../temporal/bundle.ts";
import { createDispatcher, type AnyDispatcher } from "../temporal/dispatcher.ts";
import { ensureSearchAttributes } from "../temporal/search-attributes.ts";
import { startWorker, type RunningWorker } from "../temporal/worker.ts";
import { createEngine, type Engine } from "./engine.ts";
import type { RolesOptions } from "./roles-options.ts";
import { startServing } from "./start-serving.ts";

export type Running = {
  /** Of the gateway; where there is none, of what serves health and metrics. */
  readonly url: string | undefined;
  /** Rejects if the worker fails. */
  readonly failed: Promise<never>;
  /** Takes no more in, lets what is under way end. Owns neither the store nor the connection. */
  stop(): Promise<void>;
};

/** Wires and starts the roles of one process. What was started is stopped if the rest fails. */
export async function startRoles(options: RolesOptions): Promise<Running> {
  const { config, store, logger } = options;
  const metrics = createMetrics();
  // Stopped in the opposite order: nothing more is taken in before what was taken in is let end.
  await using starting = new AsyncDisposableStack();

  const dispatcher = await connectDispatcher(options);
  const { groupMax, disableAfterMs } = config.delivery;
  const workflowStarts = createWorkflowStarts({ dispatcher, store, metrics, logger, groupMax });
  const localLines = createLocalLines();
  const tellLine = createTellLine({ dispatcher, localLines, logger });
  const beginAnew = createBeginAnew({ store, workflowStarts, tellLine, logger });
  const making = { config, store, metrics, logger, beginAnew, localLines, tellLine };
  const engine = options.worker && createEngine({ ...making, ...options.worker });
  starting.defer(() => engine?.close());
  const firstAttempts = engine?.firstAttempts ?? null;
  const accept = createAccept({ store, workflowStarts, tellLine, metrics, firstAttempts });
  const { triggerSchedules } = dispatcher;
  const publishExample = createPublishExample({ ...store, accept, triggerSchedules });
  const worker = engine && (await startWorkerRole(options, { ...engine, publishExample }));
  starting.defer(() => worker?.stop());

  starting.defer(() => workflowStarts.drain());
  const operational = startTellingOrganizations({ store, accept, logger });
  starting.defer(() => operational.stop());
  const restarts = startTaskRestarts({ store, dispatcher, logger });
  starting.defer(() => restarts.stop());
  const sweep = startSweep({ store, workflowStarts, metrics, logger });
  starting.defer(() => sweep.stop());
  const lines = startSeeingToLines({ store, tellLine, logger });
  starting.defer(() => lines.stop());
  const watches = startTellingWatches({ store, dispatcher, disableAfterMs, logger });
  starting.defer(() => watches.stop());
  const lostWatches = startFindingLostWatches({ store, dispatcher, logger });
  starting.defer(() => lostWatches.stop());
  const expire = startExpire({ store, metrics, logger });
  starting.defer(() => expire.stop());

  const begin = createBeginTasks({ store, dispatcher, logger });
  const resend = createGatewayResend(dispatcher.resend, logger);
  const cancelTask = createCancelTask({ store, dispatcher, logger });
  const schedules = createGatewaySchedules(triggerSchedules, logger);
  const asked = { resend, beginAnew, tellLine, ...begin, cancelTask, triggerSchedules: schedules };
  const work = { accept, ...asked };
  const listening = await startServing(options, work, metrics);
  starting.defer(() => listening?.close());

  const started = starting.move();
  return {
    url: listening?.url,
    failed: failureOf(worker?.ended),
    stop: () => started.disposeAsync(),
  };
}

async function startWorkerRole(
  options: RolesOptions,
  engine: Engine & { readonly publishExample: PublishExample },
): Promise<RunningWorker> {
  const { config, connection } = options;
  const { namespace, taskQueue } = config.temporal;
  const { requestTimeoutMs } = config.delivery;
  return startWorker({
    connection,
    namespace,
    taskQueue,
    activities: createActivities({ ...engine, requestTimeoutMs }),
    workflowBundle: await bundleWorkflows(),
  });
}

function connectDispatcher({ config, connection, worker }: RolesOptions): Promise<AnyDispatcher> {
  const { namespace, taskQueue } = config.temporal;
  return createDispatcher({
    connection,
    namespace,
    taskQueue,
    hasWorker: worker !== null,
    ensureSearchAttributes: () => ensureSearchAttributes(connection, namespace),
  });
}

/** Never settles while the worker is fine. */
function failureOf(ended: Promise<void> = new Promise(() => undefined)): Promise<never> {
  const failed = new Promise<never>((_resolve, reject) => {
    ended.catch(reject);
  });
  failed.catch(() => undefined);
  return failed;
}
