import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";
import { apiKeyRoutes } from "./access/api-keys.ts";
import { authenticationRoutes } from "./access/authentication.ts";
import { playIn } from "./play/play-in.ts";
import { playRoutes } from "./play/play.ts";
import { portalAccessRoutes } from "./access/portal-access.ts";
import { DEFAULT_API_SETTINGS } from "./api-settings.ts";
import { applicationRoutes } from "./applications/applications.ts";
import { attemptHeaderRoutes } from "./attempts/attempt-headers.ts";
import { attemptRoutes } from "./attempts/attempts.ts";
import { destinationRoutes } from "./attempts/destinations.ts";
import { endpointMessageRoutes } from "./attempts/endpoint-messages.ts";
import { testAttemptRoutes } from "./attempts/message-test-attempt.ts";
import { resendRoutes } from "./attempts/resend.ts";
import type { GatewayDeps } from "./deps.ts";
import { cancelMessageRoutes } from "./endpoints/cancel-messages.ts";
import { endpointHeaderRoutes } from "./endpoints/endpoint-headers.ts";
import { endpointRetryRoutes } from "./endpoints/endpoint-retries.ts";
import { endpointSecretRoutes } from "./endpoints/endpoint-secrets.ts";
import { endpointRoutes } from "./endpoints/endpoints.ts";
import { operationalWebhookRoutes } from "./endpoints/operational-webhooks.ts";
import { requestFormatRoutes } from "./endpoints/request-format.ts";
import { throttlingStatusRoutes } from "./endpoints/throttling-status.ts";
import { egressIpRoutes } from "./environments/egress-ips.ts";
import { environmentRoutes } from "./environments/environments.ts";
import { eventTypeImportRoutes } from "./event-types/event-type-import.ts";
import { eventTypeRetryRoutes } from "./event-types/event-type-retries.ts";
import { eventTypeRoutes } from "./event-types/event-types.ts";
import { eventScheduleRoutes } from "./events/event-schedules.ts";
import { publishRoutes } from "./events/publish-events.ts";
import { triggerRoutes } from "./events/trigger.ts";
import { exportRoutes } from "./exports/exports.ts";
import { healthRoutes, type Health } from "./health.ts";
import { answerProblem, notServed } from "./http/answer-problem.ts";
import { cors } from "./http/cors.ts";
import { createOnce } from "./http/idempotency.ts";
import { logRequests } from "./http/log-requests.ts";
import { mount, NOBODY, type MountDeps } from "./http/mount.ts";
import { createLimitRate } from "./http/rate-limit.ts";
import { identifyRequest } from "./http/request-id.ts";
import { liveRoutes } from "./live/live.ts";
import { templateRoutes } from "./event-types/template-routes.ts";
import { exampleRoutes } from "./messages/message-example.ts";
import { messageDeliveryRoutes } from "./messages/message-deliveries.ts";
import { messageRoutes } from "./messages/messages.ts";
import { organizationSettingsRoutes } from "./organizations/organization-settings.ts";
import { portal } from "./portal/portal.ts";
import { publicCatalogue } from "./public-catalogue/public-catalogue.ts";
import { reference } from "./reference/reference.ts";
import type { Route } from "./route.ts";
import { endpointStatsRoutes } from "./statistics/endpoint-stats.ts";
import { statisticsRoutes } from "./statistics/statistics.ts";
import { endpointSeriesRoutes } from "./statistics/endpoint-series.ts";
import { failingEndpointRoutes } from "./statistics/failing-endpoints.ts";
import { latencyRoutes } from "./statistics/latencies.ts";
import { overviewRoutes } from "./statistics/overview.ts";
import { usageStatisticsRoutes } from "./statistics/usage-statistics.ts";
import { applicationTaskRoutes } from "./tasks/application-tasks.ts";
import { backgroundTaskRoutes } from "./tasks/background-tasks.ts";
import { expungeAllRoutes } from "./tasks/expunge-all.ts";
import { replayPreviewRoutes } from "./tasks/replay-previews.ts";
import { replayRoutes } from "./tasks/replays.ts";
import { webhookDeliveryRoutes } from "./webhooks/webhook-deliveries.ts";
import { webhookTestRoutes } from "./webhooks/webhook-test.ts";
import { webhookRoutes } from "./webhooks/webhooks.ts";

type AppDeps = GatewayDeps & HealthDeps & Pick<MountDeps, "authenticate" | "api" | "heartbeatMs">;

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
  const pages = [publicCatalogue(deps), playIn(deps), portal(deps.api, PORTAL_BUILD)];
  return assemble(routes(deps), { ...deps, limitRate, once }, pages);
}

/** What a process without the gateway's role can be asked: how it is. */
export function createHealthApp(deps: HealthDeps): Express {
  return assemble(healthRoutes(deps.health), { ...deps, ...WITHOUT_CALLERS });
}

/** Where tools/portal/build.mjs puts it. */
const PORTAL_BUILD = new URL("../../dist/portal/", import.meta.url);

const WITHOUT_CALLERS: MountDeps = {
  authenticate: () => Promise.resolve(NOBODY),
  api: DEFAULT_API_SETTINGS,
  limitRate: undefined,
  once: async (_key, act) => ({ ...(await act()), isRepeated: false }),
};

function assemble(
  table: readonly Route[],
  deps: HealthDeps & MountDeps,
  pages: readonly RequestHandler[] = [],
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(identifyRequest);
  if (deps.logger.isLevelEnabled("debug")) app.use(logRequests(deps.logger));
  app.use(cors(deps.api.corsOrigins));
  for (const served of table) mount(app, served, deps);
  app.use(reference(table));
  for (const page of pages) app.use(page);
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
    ...endpointRetryRoutes(deps),
    ...requestFormatRoutes(deps),
    ...endpointStatsRoutes(deps),
    ...throttlingStatusRoutes(deps),
    ...exampleRoutes(deps),
    ...replayRoutes(deps),
    ...replayPreviewRoutes(deps),
    ...cancelMessageRoutes(deps),
    ...webhookRoutes(deps),
    ...webhookTestRoutes(deps),
    ...webhookDeliveryRoutes(deps),
    ...publishRoutes(deps),
    ...triggerRoutes(deps),
    ...eventScheduleRoutes(deps),
    ...eventTypeRoutes(deps),
    ...eventTypeRetryRoutes(deps),
    ...eventTypeImportRoutes(deps),
    ...templateRoutes(deps),
    ...environmentRoutes(deps),
    ...egressIpRoutes(deps),
    ...organizationSettingsRoutes(deps),
    ...operationalWebhookRoutes(deps),
    ...attemptHeaderRoutes(deps),
    ...attemptRoutes(deps),
    ...destinationRoutes(deps),
    ...exportRoutes(deps),
    ...messageDeliveryRoutes(deps),
    ...endpointMessageRoutes(deps),
    ...statisticsRoutes(deps),
    ...latencyRoutes(deps),
    ...endpointSeriesRoutes(deps),
    ...failingEndpointRoutes(deps),
    ...usageStatisticsRoutes(deps),
    ...overviewRoutes(deps),
    ...resendRoutes(deps),
    ...backgroundTaskRoutes(deps),
    ...applicationTaskRoutes(deps),
    ...liveRoutes(deps),
    ...playRoutes(deps),
    ...portalAccessRoutes(deps),
    ...authenticationRoutes(deps),
    ...apiKeyRoutes(deps),
    ...healthRoutes(deps.health),
  ];
}
