import type { NativeConnection } from "@temporalio/worker";
import type { Logger } from "pino";
import { createActivities } from "../../activities/activities.ts";
import type { Config } from "../config.ts";
import { createAccept } from "../delivery/accept.ts";
import { createBeginAnew } from "../delivery/begin-anew.ts";
import { startExpire } from "../delivery/expire.ts";
import { startFindingLostWatches } from "../delivery/find-lost-watches.ts";
import { createLocalLines } from "../delivery/lines/local-lines.ts";
import { startSeeingToLines } from "../delivery/lines/see-to-lines.ts";
import { createTellLine } from "../delivery/lines/tell-line.ts";
import { createMetrics, type Metrics } from "../delivery/metrics.ts";
import { startSweep } from "../delivery/sweep.ts";
import { createBeginTasks, type BeginTasks } from "../delivery/tasks/begin-task.ts";
import { createCancelTask } from "../delivery/tasks/cancel-task.ts";
import { startTaskRestarts } from "../delivery/tasks/restart-tasks.ts";
import { startTellingOrganizations } from "../delivery/tell-organizations.ts";
import { startTellingWatches } from "../delivery/tell-watches.ts";
import { createWorkflowStarts } from "../delivery/workflow-starts.ts";
import { createAuthenticate } from "../gateway/access/authenticate.ts";
import { createSignToken } from "../gateway/access/sign-token.ts";
import { createApp, createHealthApp } from "../gateway/app.ts";
import { createGatewayResend } from "../gateway/attempts/gateway-resend.ts";
import { TEST_ATTEMPT_EXTRA_MS } from "../gateway/attempts/message-test-attempt.ts";
import type { GatewayDeps } from "../gateway/deps.ts";
import { createLiveChanges } from "../gateway/live/live-changes.ts";
import { createCheckPayload } from "../gateway/payload-check/check-payload.ts";
import { createRecentSettings } from "../store/recent-settings.ts";
import type { Store } from "../store/store.ts";
import { bundleWorkflows } from "../temporal/bundle.ts";
import { createDispatcher, type AnyDispatcher } from "../temporal/dispatcher.ts";
import { createTemporalCheck } from "../temporal/health.ts";
import { ensureSearchAttributes } from "../temporal/search-attributes.ts";
import { startWorker, type RunningWorker } from "../temporal/worker.ts";
import { createWorkflowUrl } from "../temporal/workflow-url.ts";
import { createEngine, type Engine } from "./engine.ts";
import { serve, type Listening } from "./serve.ts";

export type RolesOptions = {
  readonly config: Config;
  readonly gateway: GatewayRole | null;
  readonly worker: { readonly allowedSubnets: readonly string[] } | null;
  readonly store: Store;
  readonly connection: NativeConnection;
  readonly logger: Logger;
};

export const EVERYWHERE = "0.0.0.0";

export type GatewayRole = {
  readonly host: string;
  readonly jwtSecret: string;
  readonly temporalUiUrl?: string | undefined;
};

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
  const worker = engine && (await startWorkerRole(options, engine));
  starting.defer(() => worker?.stop());

  starting.defer(() => workflowStarts.drain());
  const firstAttempts = engine?.firstAttempts ?? null;
  const accept = createAccept({ store, workflowStarts, tellLine, metrics, firstAttempts });
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
  const work = { accept, resend, beginAnew, tellLine, ...begin, cancelTask };
  const live = createLiveChanges(store.changes, logger);
  const listening = await startServing(options, { ...work, live }, metrics);
  starting.defer(() => listening?.close());
  // First, because what is answered without end is never answered.
  starting.defer(() => live.close());

  const started = starting.move();
  return {
    url: listening?.url,
    failed: failureOf(worker?.ended),
    stop: () => started.disposeAsync(),
  };
}

async function startWorkerRole(options: RolesOptions, engine: Engine): Promise<RunningWorker> {
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

/** The gateway serves its health itself; a process without it does so on a port of its own. */
async function startServing(
  options: RolesOptions,
  work: Pick<
    GatewayDeps,
    "accept" | "resend" | "beginAnew" | "tellLine" | "cancelTask" | "live" | keyof BeginTasks
  >,
  metrics: Metrics,
): Promise<Listening | null> {
  const { config, gateway, store, connection, logger } = options;
  const health = createHealth(store, createTemporalCheck(connection));
  const metricsText = (): Promise<string> => metrics.registry.metrics();
  if (gateway === null) {
    if (config.metricsPort === undefined) return null;
    const app = createHealthApp({ health, metrics: metricsText, logger });
    return serve(app, config.host ?? EVERYWHERE, config.metricsPort);
  }
  const recentSettings = createRecentSettings(store);
  const app = createApp({
    ...store,
    api: config.api,
    ...work,
    endpointSettings: config.endpoints,
    signatureType: config.delivery.signatureType,
    testAttemptWaitMs: config.delivery.requestTimeoutMs + TEST_ATTEMPT_EXTRA_MS,
    authenticate: createAuthenticate(gateway.jwtSecret, store),
    signToken: createSignToken(gateway.jwtSecret),
    checkPayload: createCheckPayload({ ...store, recentSettings, metrics, logger }),
    workflowUrl: createWorkflowUrl(gateway.temporalUiUrl, config.temporal.namespace),
    health,
    metrics: metricsText,
    logger,
  });
  return serve(app, gateway.host, config.port);
}

function createHealth(store: Store, checkTemporal: () => Promise<void>) {
  const isFine = (check: Promise<void>): Promise<boolean> =>
    check.then(
      () => true,
      () => false,
    );
  return async () => {
    const [database, queue] = await Promise.all([isFine(store.ping()), isFine(checkTemporal())]);
    return { database, queue };
  };
}

/** Never settles while the worker is fine. */
function failureOf(ended: Promise<void> = new Promise(() => undefined)): Promise<never> {
  const failed = new Promise<never>((_resolve, reject) => {
    ended.catch(reject);
  });
  failed.catch(() => undefined);
  return failed;
}
