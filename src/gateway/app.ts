import express, { type Express } from "express";
import type { Logger } from "pino";
import { answerProblem, notServed } from "./answer-problem.ts";
import { DEFAULT_API_SETTINGS } from "./api-settings.ts";
import { applicationRoutes } from "./applications.ts";
import { attemptRoutes } from "./attempts.ts";
import type { Authenticate } from "./authenticate.ts";
import { authenticationRoutes } from "./authentication.ts";
import { cors } from "./cors.ts";
import { destinationRoutes } from "./destinations.ts";
import { endpointHeaderRoutes } from "./endpoint-headers.ts";
import { endpointMessageRoutes } from "./endpoint-messages.ts";
import { endpointSecretRoutes } from "./endpoint-secrets.ts";
import { endpointStatsRoutes } from "./endpoint-stats.ts";
import { endpointRoutes } from "./endpoints.ts";
import { eventTypeRetryRoutes } from "./event-type-retries.ts";
import { eventTypeRoutes } from "./event-types.ts";
import { healthRoutes, type Health } from "./health.ts";
import { messageRoutes } from "./messages.ts";
import { operationalWebhookRoutes } from "./operational-webhooks.ts";
import type { GatewayDeps } from "./deps.ts";
import { mount, NOBODY, type MountDeps } from "./mount.ts";
import { portalAccessRoutes } from "./portal-access.ts";
import { portalPlaceholder } from "./portal-placeholder.ts";
import { reference } from "./reference.ts";
import type { Route } from "./route.ts";

export type AppDeps = GatewayDeps & ServeDeps & { readonly health: Health };

type ServeDeps = MountDeps & {
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly logger: Logger;
};

/** The HTTP API. Owns no connection and no port: main gives it its dependencies and listens. */
export function createApp(deps: AppDeps): Express {
  return assemble(routes(deps), deps);
}

/** What a process without the gateway's role can be asked: how it is. */
export function createHealthApp(deps: Omit<ServeDeps, keyof MountDeps> & { health: Health }) {
  const authenticate: Authenticate = () => Promise.resolve(NOBODY);
  return assemble(healthRoutes(deps.health), { ...deps, authenticate, api: DEFAULT_API_SETTINGS });
}

function assemble(table: readonly Route[], deps: ServeDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(cors);
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

/** The table of routes; the hottest first, because they are matched in this order. */
export function routes(deps: GatewayDeps & { readonly health: Health }): readonly Route[] {
  return [
    ...messageRoutes(deps),
    ...applicationRoutes(deps),
    ...endpointRoutes(deps),
    ...endpointHeaderRoutes(deps),
    ...endpointSecretRoutes(deps),
    ...endpointStatsRoutes(deps),
    ...eventTypeRoutes(deps),
    ...eventTypeRetryRoutes(deps),
    ...operationalWebhookRoutes(deps),
    ...attemptRoutes(deps),
    ...destinationRoutes(deps),
    ...endpointMessageRoutes(deps),
    ...portalAccessRoutes(deps),
    ...authenticationRoutes(deps),
    ...healthRoutes(deps.health),
  ];
}
