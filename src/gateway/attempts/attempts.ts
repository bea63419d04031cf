import type { z } from "zod";
import { isId } from "../../domain/ids.ts";
import type { Message } from "../../domain/records.ts";
import type { AttemptWithMessage, Page } from "../../store/catalogue.ts";
import { findEndpoint, findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { goesOnward, type HistoryQuery } from "../input/history-query.ts";
import { listAnswer } from "../input/listing.ts";
import { parameter, route, type Answer, type Call, type Route } from "../route.ts";
import { attemptOut, attemptQuery } from "./attempt-record.ts";
import {
  ATTEMPT_LIST_OUT,
  ATTEMPT_OUT,
  ATTEMPTS_BY_ENDPOINT_QUERY,
  ATTEMPTS_BY_MESSAGE_QUERY,
} from "./attempt-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages" | "attempts">;

const NOTHING: Page<AttemptWithMessage> = { rows: [], hasMore: false };

export function attemptRoutes(deps: Deps): readonly Route[] {
  return [
    listByEndpoint(deps),
    listByMessage(deps, BY_MESSAGE),
    listByMessage(deps, BY_MESSAGE_BEFORE),
    listByMessageAndEndpoint(deps),
    getAttempt(deps),
    expungeAttempt(deps),
  ];
}

function listByEndpoint(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/attempt/endpoint/{endpoint_id}",
    operationId: "v1.message-attempt.list-by-endpoint",
    summary: "List the attempts at an endpoint, newest first",
    access: "application",
    query: ATTEMPTS_BY_ENDPOINT_QUERY,
    answers: { 200: ATTEMPT_LIST_OUT },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      const query = attemptQuery(call.query);
      const page = query === undefined ? NOTHING : await deps.attempts.listByEndpoint(id, query);
      return attemptList(page, call.query);
    },
  });
}

const BY_MESSAGE = {
  path: "/app/{app_id}/attempt/msg/{msg_id}",
  operationId: "v1.message-attempt.list-by-msg",
  summary: "List the attempts to deliver a message, newest first",
} as const;

/** Where older clients look for them. */
const BY_MESSAGE_BEFORE = {
  path: "/app/{app_id}/msg/{msg_id}/attempt",
  operationId: "v1.message-attempt.list-by-msg-deprecated",
  summary: "List the attempts to deliver a message, by its older path",
  isDeprecated: true,
} as const;

function listByMessage(deps: Deps, place: typeof BY_MESSAGE | typeof BY_MESSAGE_BEFORE): Route {
  return route({
    ...place,
    method: "get",
    access: "application",
    query: ATTEMPTS_BY_MESSAGE_QUERY,
    answers: { 200: ATTEMPT_LIST_OUT },
    handle: async (call) => answerByMessage(deps, call, call.query.endpoint_id),
  });
}

function listByMessageAndEndpoint(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/attempt",
    operationId: "v1.message-attempt.list-by-endpoint-deprecated",
    summary: "List the attempts to deliver a message to one endpoint, by their older path",
    access: "application",
    isDeprecated: true,
    query: ATTEMPTS_BY_ENDPOINT_QUERY,
    answers: { 200: ATTEMPT_LIST_OUT },
    handle: async (call) => answerByMessage(deps, call, parameter(call, "endpoint_id")),
  });
}

type CallByMessage = Call<z.output<typeof ATTEMPTS_BY_ENDPOINT_QUERY>, unknown>;

async function answerByMessage(
  deps: Deps,
  call: CallByMessage,
  endpoint: string | undefined,
): Promise<Answer> {
  const message = await findMessage(deps, call);
  const query = attemptQuery(call.query);
  const filter = await endpointFilter(deps, message, endpoint);
  const page =
    query === undefined
      ? NOTHING
      : await deps.attempts.listByMessage(message.id, { ...query, ...filter });
  return attemptList(page, call.query);
}

function getAttempt(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}",
    operationId: "v1.message-attempt.get",
    summary: "Get an attempt",
    access: "application",
    answers: { 200: ATTEMPT_OUT },
    async handle(call) {
      const message = await findMessage(deps, call);
      const found = await deps.attempts.find(message.id, parameter(call, "attempt_id"));
      if (found === undefined) throw notFound();
      return { status: 200, body: attemptOut({ ...found, message: null }, true) };
    },
  });
}

function expungeAttempt(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content",
    operationId: "v1.message-attempt.expunge-content",
    summary: "Delete what the endpoint answered to an attempt",
    access: "organization",
    answers: { 204: null },
    async handle(call) {
      const message = await findMessage(deps, call);
      const isThere = await deps.attempts.expunge(message.id, parameter(call, "attempt_id"));
      if (!isThere) throw notFound();
      return { status: 204 };
    },
  });
}

function attemptList(page: Page<AttemptWithMessage>, query: HistoryQuery): Answer {
  return listAnswer(
    page,
    ({ attempt }) => attempt.id,
    (row) => attemptOut(row, query.with_content),
    goesOnward(query),
  );
}

/** The attempts at a deleted endpoint can still be asked for, by its id. */
async function endpointFilter(
  { endpoints }: Deps,
  { applicationId }: Message,
  idOrUid: string | undefined,
): Promise<{ readonly endpointId?: string }> {
  if (idOrUid === undefined) return {};
  if (isId("ep", idOrUid)) return { endpointId: idOrUid };
  const endpoint = await endpoints.find(applicationId, idOrUid);
  if (endpoint === undefined) throw notFound();
  return { endpointId: endpoint.id };
}
