import type { Metrics } from "../delivery/metrics.ts";
import type { BeginTasks } from "../delivery/tasks/begin-task.ts";
import { createAuthenticate } from "../gateway/access/authenticate.ts";
import { createSignToken } from "../gateway/access/sign-token.ts";
import { createApp, createHealthApp } from "../gateway/app.ts";
import { TEST_ATTEMPT_EXTRA_MS } from "../gateway/attempts/message-test-attempt.ts";
import type { GatewayDeps } from "../gateway/deps.ts";
import { createLiveChanges } from "../gateway/live/live-changes.ts";
import { createPlayground } from "../gateway/play/playground.ts";
import { createCheckPayload } from "../gateway/payload-check/check-payload.ts";
import { createRecentSettings } from "../store/recent-settings.ts";
import type { Store } from "../store/store.ts";
import { createTemporalCheck } from "../temporal/health.ts";
import { createWorkflowUrl } from "../temporal/workflow-url.ts";
import { serve, type Listening } from "./serve.ts";
import { EVERYWHERE, type RolesOptions } from "./roles-options.ts";

/** The gateway serves its health itself; a process without it does so on a port of its own. */
export async function startServing(
  options: RolesOptions,
  work: Pick<
    GatewayDeps,
    | "accept"
    | "resend"
    | "beginAnew"
    | "tellLine"
    | "cancelTask"
    | "triggerSchedules"
    | keyof BeginTasks
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
  const live = createLiveChanges(store.changes, logger);
  const playground = createPlayground(store.plays, logger);
  const app = createApp({
    ...store,
    api: config.api,
    ...work,
    live,
    playground,
    endpointSettings: config.endpoints,
    retrySchedule: config.delivery.retrySchedule,
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
  const listening = await serve(app, gateway.host, config.port);
  return {
    ...listening,
    async close() {
      // First, because what is answered without end is never answered.
      await Promise.all([live.close(), playground.close()]);
      await listening.close();
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
