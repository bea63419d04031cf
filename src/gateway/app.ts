import express, { type Express } from "express";
import type { Logger } from "pino";
import { answerProblem, notServed } from "./answer-problem.ts";
import { DEFAULT_API_SETTINGS } from "./api-settings.ts";
import { applicationRoutes } from "./applications.ts";
import { attemptHeaderRoutes } from "./attempt-headers.ts";
import { attemptRoutes } from "./attempts.ts";
import { authenticationRoutes } from "./authentication.ts";
import { backgroundTaskRoutes } from "./background-tasks.ts";
import { cancelMessageRoutes } from "./cancel-messages.ts";
import { cors } from "./cors.ts";
import type { GatewayDeps } from "./deps.ts";
import { destinationRoutes } from "./destinations.ts";
import { endpointHeaderRoutes } from "./endpoint-headers.ts";
import { endpointMessageRoutes } from "./endpoint-messages.ts";
import { endpointSecretRoutes } from "./endpoint-secrets.ts";
import { endpointStatsRoutes } from "./endpoint-stats.ts";
import { endpointRoutes } from "./endpoints.ts";
import { environmentRoutes } from "./environments.ts";
import { eventTypeImportRoutes } from "./event-type-import.ts";
import { eventTypeRetryRoutes } from "./event-type-retries.ts";
import { eventTypeRoutes } from "./event-types.ts";
import { expungeAllRoutes } from "./expunge-all.ts";
import { healthRoutes, type Health } from "./health.ts";
import { exampleRoutes } from "./message-example.ts";
import { testAttemptRoutes } from "./message-test-attempt.ts";
import { messageRoutes } from "./messages.ts";
import { operationalWebhookRoutes } from "./operational-webhooks.ts";
import { createOnce } from "./idempotency.ts";
import { logRequests } from "./log-requests.ts";
import { mount, NOBODY, type MountDeps } from "./mount.ts";
import { createLimitRate } from "./rate-limit.ts";
import { portalAccessRoutes } from "./portal-access.ts";
import { portalPlaceholder } from "./portal-placeholder.ts";
import { reference } from "./reference.ts";
import { replayRoutes } from "./replays.ts";
import { resendRoutes } from "./resend.ts";
import { identifyRequest } from "./request-id.ts";
import type { Route } from "./route.ts";
import { statisticsRoutes } from "./statistics.ts";
import { throttlingStatusRoutes } from "./throttling-status.ts";
import { usageStatisticsRoutes } from "./usage-statistics.ts";

export type AppDeps = GatewayDeps & HealthDeps & Pick<MountDeps, "authenticate" | "api">;

type HealthDeps = {
  readonly health: Health;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly logger: Logger;
};

/** The HTTP API. Owns no connection and no port: main gives it its dependencies and listens. */
export function createApp(deps: AppDeps): Express {
  const limitRate = createLimitRate(deps.api.rateLimit);
  const once = createOnce(deps.idempotentCalls, deps.logger);
  return assemble(routes(deps), { ...deps, limitRate, once });
}

/** What a process without the gateway's role can be asked: how it is. */
export function createHealthApp(deps: HealthDeps): Express {
  return assemble(healthRoutes(deps.health), { ...deps, ...WITHOUT_CALLERS });
}

const WITHOUT_CALLERS: MountDeps = {
  authenticate: () => Promise.resolve(NOBODY),
  api: DEFAULT_API_SETTINGS,
  limitRate: undefined,
  once: async (_key, act) => ({ ...(await act()), isRepeated: false }),
};

function assemble(table: readonly Route[], deps: HealthDeps & MountDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(identifyRequest);
  if (deps.logger.isLevelEnabled("debug")) app.use(logRequests(deps.logger));
  app.use(cors(deps.api.corsOrigins));
  for (const served of table) mount(app, served, deps);
  app.use(reference(table));
  app.get("/portal", portalPlaceholder);
  app.get("/metrics", async (_request, response) => {
    response.type("text/plain; version=0.0.4").send(await deps.metrics());
  });
  app.use(notServed);
  app.use(answerProblem(deps.logger, deps.api.payloadBytesMax));
  return app;
}

/**
 * The table of routes; the hottest first, because they are matched in this order. The reference has
 * those of one tag in this order, too.
 */
export function routes(deps: GatewayDeps & { readonly health: Health }): readonly Route[] {
  return [
    ...messageRoutes(deps),
    ...expungeAllRoutes(deps),
    ...testAttemptRoutes(deps),
    ...applicationRoutes(deps),
    ...endpointRoutes(deps),
    ...endpointHeaderRoutes(deps),
    ...endpointSecretRoutes(deps),
    ...endpointStatsRoutes(deps),
    ...throttlingStatusRoutes(deps),
    ...exampleRoutes(deps),
    ...replayRoutes(deps),
    ...cancelMessageRoutes(deps),
    ...eventTypeRoutes(deps),
    ...eventTypeRetryRoutes(deps),
    ...eventTypeImportRoutes(deps),
    ...environmentRoutes(deps),
    ...operationalWebhookRoutes(deps),
    ...attemptHeaderRoutes(deps),
    ...attemptRoutes(deps),
    ...destinationRoutes(deps),
    ...endpointMessageRoutes(deps),
    ...statisticsRoutes(deps),
    ...usageStatisticsRoutes(deps),
    ...resendRoutes(deps),
    ...backgroundTaskRoutes(deps),
    ...portalAccessRoutes(deps),
    ...authenticationRoutes(deps),
    ...healthRoutes(deps.health),
  ];
}
