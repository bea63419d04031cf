import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { Authenticate } from "../access/authenticate.ts";
import { permit } from "../access/permit.ts";
import type { Principal } from "../access/principal.ts";
import type { ApiSettings } from "../api-settings.ts";
import { isStorable } from "../input/fields.ts";
import { mayHaveKey, servedPath, type Answer, type Call, type Route } from "../route.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { sendEvents } from "./event-stream.ts";
import type { Once } from "./idempotency.ts";
import { notFound } from "./problem.ts";
import type { LimitRate } from "./rate-limit.ts";
import { sendDownload } from "./send-download.ts";
import { stringifyWithRaw } from "./raw-json.ts";
import { parseBody, parseQuery } from "./request-input.ts";

export type MountDeps = {
  readonly authenticate: Authenticate;
  readonly api: ApiSettings;
  /** undefined: there is no limit. */
  readonly limitRate: LimitRate | undefined;
  readonly once: Once;
  /** How often whoever watches is told that we are there, and asked whether they still may. */
  readonly heartbeatMs?: number;
};

type Parameters = Readonly<Record<string, string>>;

export const NOBODY: Principal = {
  organizationId: "",
  applicationId: null,
  mode: "live",
  scopes: [],
  capabilities: [],
  featureFlags: null,
  token: null,
  apiKeyId: null,
};

/** Serves one operation: who calls, then what with, then its handler. */
export function mount(app: Express, route: Route, deps: MountDeps): void {
  const path = servedPath(route).replaceAll(/\{(\w+)\}/g, ":$1");
  const readBody = express.raw({ type: () => true, limit: deps.api.payloadBytesMax });

  const identify: RequestHandler = async (request, response, next) => {
    response.locals["principal"] = await callerOf(route, request, response, deps);
    next();
  };

  const handle: RequestHandler<Parameters> = async (request, response) => {
    // What cannot be kept cannot be found either, and Postgres would refuse to look.
    if (!Object.values(request.params).every(isStorable)) throw notFound();
    const principal: Principal = response.locals["principal"];
    const call = callOf(route, request, principal, deps.api);
    if (route.download !== undefined) {
      const { download } = await route.handle(call as never);
      if (download === undefined) throw new Error(`${route.operationId} has no download`);
      return sendDownload(response, download);
    }
    if (route.events === undefined) return send(response, await answerTo(route, call, deps));
    const { events } = await route.handle(call as never);
    if (events === undefined) throw new Error(`${route.operationId} has no events`);
    const mayStillCall = async () => permitted(route, request, deps);
    sendEvents(response, events, { mayStillCall, heartbeatMs: deps.heartbeatMs });
  };

  // Whoever may not call is told so before a body is read.
  if (route.body === undefined) app[route.method](path, identify, handle);
  else app[route.method](path, identify, readBody, handle);
}

async function callerOf(
  route: Route,
  request: Request,
  response: Response,
  deps: MountDeps,
): Promise<Principal> {
  const principal = await permitted(route, request, deps);
  if (route.access !== "anyone") await deps.limitRate?.(request, response, principal);
  return principal;
}

/** Throws a ProblemError if they are not. */
async function permitted(
  route: Route,
  request: Request,
  { authenticate }: MountDeps,
): Promise<Principal> {
  return route.access === "anyone" ? NOBODY : permit(authenticate, route, request);
}

function callOf(
  route: Route,
  request: Request<Parameters>,
  principal: Principal,
  { publicUrl }: ApiSettings,
): Call<unknown, unknown> {
  const bodyBytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  return {
    principal,
    params: request.params,
    query: parseQuery(route.query, request.query),
    body: parseBody(route.body, bodyBytes),
    bodyBytes,
    idempotencyKey: mayHaveKey(route) ? idempotencyKey(request, principal) : null,
    publicUrl: publicUrl ?? `http://${request.headers.host ?? "localhost"}`,
    userAgent: request.headers["user-agent"] ?? "",
  };
}

type TextAnswer = {
  readonly status: number;
  readonly body: string | null;
  readonly isRepeated: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

async function answerTo(
  route: Route,
  call: Call<unknown, unknown>,
  { once }: MountDeps,
): Promise<TextAnswer> {
  const act = async () => asText(await route.handle(call as never));
  const { idempotencyKey } = call;
  return idempotencyKey === null || route.idempotency === "own" ? act() : once(idempotencyKey, act);
}

/** What is kept to be repeated is this text, so that it is repeated byte for byte. */
function asText({ status, body, isRepeated = false, headers = {} }: Answer): TextAnswer {
  return { status, body: body === undefined ? null : stringifyWithRaw(body), isRepeated, headers };
}

function send(response: Response, { status, body, isRepeated, headers = {} }: TextAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (isRepeated) response.setHeader("idempotent-replayed", "true");
  if (body === null) {
    response.writeHead(status).end();
    return;
  }
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}
