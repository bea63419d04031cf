import type { NativeConnection } from "@temporalio/worker";
import type { Logger } from "pino";
import { createActivities } from "../../activities/activities.ts";
import type { Config } from "../config.ts";
import { createAccept } from "../delivery/accept.ts";
import { createMetrics } from "../delivery/metrics.ts";
import { startSweep } from "../delivery/sweep.ts";
import { createWorkflowStarts } from "../delivery/workflow-starts.ts";
import { createApp } from "../gateway/app.ts";
import { createAuthenticate } from "../gateway/authenticate.ts";
import type { Store } from "../store/store.ts";
import { bundleWorkflows } from "../temporal/bundle.ts";
import { createDispatcher } from "../temporal/dispatcher.ts";
import { createTemporalCheck } from "../temporal/health.ts";
import { ensureSearchAttributes } from "../temporal/search-attributes.ts";
import { startWorker } from "../temporal/worker.ts";
import { createEngine } from "./engine.ts";
import { serve } from "./serve.ts";

export type RolesOptions = {
  readonly config: Config;
  readonly gateway: { readonly host: string; readonly jwtSecret: string } | null;
  readonly worker: { readonly allowedSubnets: readonly string[] } | null;
  readonly store: Store;
  readonly connection: NativeConnection;
  readonly logger: Logger;
};

export type Running = {
  /** Of the gateway. */
  readonly url: string | undefined;
  /** Rejects if the worker fails. */
  readonly failed: Promise<never>;
  /** Takes no more in, lets what is under way end. Owns neither the store nor the connection. */
  stop(): Promise<void>;
};

/** Wires and starts the roles of one process. */
export async function startRoles(options: RolesOptions): Promise<Running> {
  const { config, store, connection, logger } = options;
  const { namespace, taskQueue } = config.temporal;
  const metrics = createMetrics();

  const workflowStarts = createWorkflowStarts({
    dispatcher: createDispatcher({
      connection,
      namespace,
      taskQueue,
      hasWorker: options.worker !== null,
      hasSearchAttributes: await ensureSearchAttributes(connection, namespace),
    }),
    store,
    metrics,
    logger,
    groupMax: config.delivery.groupMax,
  });

  const engine =
    options.worker && createEngine({ config, store, metrics, logger, ...options.worker });
  const worker =
    engine &&
    (await startWorker({
      connection,
      namespace,
      taskQueue,
      activities: createActivities({
        carry: engine.carry,
        requestTimeoutMs: config.delivery.requestTimeoutMs,
      }),
      workflowBundle: await bundleWorkflows(),
    }));

  const accept = createAccept({
    store,
    workflowStarts,
    metrics,
    firstAttempts: engine?.firstAttempts ?? null,
  });
  const listening =
    options.gateway &&
    (await serve(
      createApp({
        ...store,
        accept,
        signatureType: config.delivery.signatureType,
        authenticate: createAuthenticate(options.gateway.jwtSecret),
        health: createHealth(store, createTemporalCheck(connection)),
        metrics: () => metrics.registry.metrics(),
        logger,
      }),
      options.gateway.host,
      config.port,
    ));
  const sweep = startSweep({ store, workflowStarts, metrics, logger });

  return {
    url: listening?.url,
    failed: failureOf(worker?.ended),
    async stop() {
      await listening?.close();
      await sweep.stop();
      await workflowStarts.drain();
      await worker?.stop();
      await engine?.close();
    },
  };
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
