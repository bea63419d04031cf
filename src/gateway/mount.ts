import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { ApiSettings } from "./api-settings.ts";
import type { Authenticate } from "./authenticate.ts";
import { isStorable } from "./fields.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { permit } from "./permit.ts";
import type { Principal } from "./principal.ts";
import { notFound } from "./problem.ts";
import { stringifyWithRaw } from "./raw-json.ts";
import { parseBody, parseQuery } from "./request-input.ts";
import type { Answer, Call, Route } from "./route.ts";

export type MountDeps = { readonly authenticate: Authenticate; readonly api: ApiSettings };

type Parameters = Readonly<Record<string, string>>;

export const NOBODY: Principal = {
  organizationId: "",
  applicationId: null,
  capabilities: [],
  featureFlags: [],
  token: null,
};

/** Serves one operation: who calls, then what with, then its handler. */
export function mount(app: Express, route: Route, { authenticate, api }: MountDeps): void {
  const path = `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
  const readBody = express.raw({ type: () => true, limit: api.payloadBytesMax });

  const identify: RequestHandler = async (request, response, next) => {
    const principal =
      route.access === "anyone" ? NOBODY : await permit(authenticate, route, request);
    response.locals["principal"] = principal;
    next();
  };

  const handle: RequestHandler<Parameters> = async (request, response) => {
    // What cannot be kept cannot be found either, and Postgres would refuse to look.
    if (!Object.values(request.params).every(isStorable)) throw notFound();
    const principal: Principal = response.locals["principal"];
    send(response, await route.handle(callOf(route, request, principal, api) as never));
  };

  // Whoever may not call is told so before a body is read.
  if (route.body === undefined) app[route.method](path, identify, handle);
  else app[route.method](path, identify, readBody, handle);
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
    idempotencyKey: idempotencyKey(request, principal),
    publicUrl: publicUrl ?? `http://${request.headers.host ?? "localhost"}`,
  };
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
