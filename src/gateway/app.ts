import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { Logger } from "pino";
import { applicationRoutes } from "./applications.ts";
import { attemptRoutes } from "./attempts.ts";
import type { Authenticate, Principal } from "./authenticate.ts";
import { cors } from "./cors.ts";
import { destinationRoutes } from "./destinations.ts";
import { endpointHeaderRoutes } from "./endpoint-headers.ts";
import { endpointMessageRoutes } from "./endpoint-messages.ts";
import { endpointSecretRoutes } from "./endpoint-secrets.ts";
import { endpointStatsRoutes } from "./endpoint-stats.ts";
import { endpointRoutes } from "./endpoints.ts";
import { eventTypeRoutes } from "./event-types.ts";
import { healthRoutes, type Health } from "./health.ts";
import { messageRoutes } from "./messages.ts";
import { answerProblem, notServed } from "./answer-problem.ts";
import type { GatewayDeps } from "./deps.ts";
import { isStorable } from "./fields.ts";
import { notFound, problem } from "./problem.ts";
import { stringifyWithRaw } from "./raw-json.ts";
import { reference } from "./reference.ts";
import { parseBody, parseQuery, BODY_BYTES_MAX } from "./request-input.ts";
import type { Answer, Route } from "./route.ts";

export type AppDeps = GatewayDeps & ServeDeps & { readonly health: Health };

type ServeDeps = {
  readonly authenticate: Authenticate;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly logger: Logger;
};

const NOBODY: Principal = { organizationId: "", applicationId: null };

/** The HTTP API. Owns no connection and no port: main gives it its dependencies and listens. */
export function createApp(deps: AppDeps): Express {
  return assemble(routes(deps), deps);
}

/** What a process without the gateway's role can be asked: how it is. */
export function createHealthApp(deps: Omit<ServeDeps, "authenticate"> & { health: Health }) {
  const authenticate: Authenticate = () => Promise.resolve(NOBODY);
  return assemble(healthRoutes(deps.health), { ...deps, authenticate });
}

function assemble(table: readonly Route[], deps: ServeDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(cors);
  for (const served of table) mount(app, deps.authenticate, served);
  app.use(reference(table));
  app.get("/metrics", async (_request, response) => {
    response.type("text/plain; version=0.0.4").send(await deps.metrics());
  });
  app.use(notServed);
  app.use(answerProblem(deps.logger));
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
    ...attemptRoutes(deps),
    ...destinationRoutes(deps),
    ...endpointMessageRoutes(deps),
    ...healthRoutes(deps.health),
  ];
}

function mount(app: Express, authenticate: Authenticate, route: Route): void {
  const path = `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
  const readBody = express.raw({ type: () => true, limit: BODY_BYTES_MAX });

  const identify: RequestHandler = async (request, response, next) => {
    const principal =
      route.access === "anyone" ? NOBODY : await permit(authenticate, route, request);
    response.locals["principal"] = principal;
    next();
  };

  const handle: RequestHandler<Readonly<Record<string, string>>> = async (request, response) => {
    // What cannot be kept cannot be found either, and Postgres would refuse to look.
    if (!Object.values(request.params).every(isStorable)) throw notFound();
    const bodyBytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const call = {
      principal: response.locals["principal"],
      params: request.params,
      query: parseQuery(route.query, request.query),
      body: parseBody(route.body, bodyBytes),
      bodyBytes,
    };
    send(response, await route.handle(call as never));
  };

  // Whoever may not call is told so before a body is read.
  if (route.body === undefined) app[route.method](path, identify, handle);
  else app[route.method](path, identify, readBody, handle);
}

async function permit(
  authenticate: Authenticate,
  route: Route,
  request: Request,
): Promise<Principal> {
  const principal = await authenticate(request.headers.authorization);
  if (route.access === "organization" && principal.applicationId !== null) {
    throw problem(403, "insufficient_access", "Only a token of the organization may do this");
  }
  return principal;
}

function send(response: Response, answer: Answer): void {
  if (answer.body === undefined) {
    response.writeHead(answer.status).end();
    return;
  }
  const text = stringifyWithRaw(answer.body);
  response
    .writeHead(answer.status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    })
    .end(text);
}
