import type { Play } from "../../store/catalogue-plays.ts";
import { newId } from "../../store/new-id.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, notFound } from "../http/problem.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { DAY_MS } from "../input/times.ts";
import { watching } from "../live/live.ts";
import { parameter, route, type PathCall, type Route } from "../route.ts";
import { answerIn, FIRST_ANSWER, playOut, playRequestOut } from "./play-record.ts";
import {
  PLAY_ARRIVAL,
  PLAY_IN,
  PLAY_OUT,
  PLAY_REQUEST_LIST_OUT,
  PLAY_REQUESTS_QUERY,
} from "./play-schemas.ts";

type Deps = Pick<GatewayDeps, "plays" | "playground">;

const LIFE_MS = 7 * DAY_MS;
const PLAYS_MAX = { ofApplication: 10, ofOrganization: 100 };

/** Public request bins: where somebody without a receiver sees what one would get. */
export function playRoutes(deps: Deps): readonly Route[] {
  return [
    createPlay(deps),
    getPlay(deps),
    changePlay(deps),
    deletePlay(deps),
    listRequests(deps),
    clearRequests(deps),
    watchPlay(deps),
  ];
}

function createPlay({ plays }: Deps): Route {
  return route({
    method: "post",
    path: "/play",
    operationId: "v1.play.create",
    summary: "Create a public request bin, which keeps whatever is sent to it, for a week",
    access: "application",
    capability: "ManageEndpoint",
    body: PLAY_IN,
    example: { answer: { status: 200, body: "thanks", contentType: "text/plain", delayMs: 0 } },
    answers: { 201: PLAY_OUT },
    conflict:
      `There are as many as may be: ${PLAYS_MAX.ofApplication} of an application, ` +
      `${PLAYS_MAX.ofOrganization} of an organization`,
    async handle({ principal: { organizationId, applicationId }, body, publicUrl }) {
      const nowMs = Date.now();
      const play: Play = {
        id: newId("play", nowMs),
        organizationId,
        applicationId,
        answer: answerIn(FIRST_ANSWER, body.answer ?? {}),
        secret: body.secret ?? null,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + LIFE_MS,
      };
      if (!(await plays.create(play, PLAYS_MAX))) throw tooMany();
      return { status: 201, body: playOut(play, publicUrl) };
    },
  });
}

function tooMany(): Error {
  const { ofApplication, ofOrganization } = PLAYS_MAX;
  const detail =
    `There are ${ofApplication} of this application, or ${ofOrganization} of the organization, ` +
    "which are as many as may be: delete one, or wait until one has expired";
  return conflict(detail, "limit_reached");
}

function getPlay(deps: Deps): Route {
  return route({
    method: "get",
    path: "/play/{play_id}",
    operationId: "v1.play.get",
    summary: "Get a request bin: where to send, and what is answered",
    access: "anyone",
    answers: { 200: PLAY_OUT },
    async handle(call) {
      return { status: 200, body: playOut(await findPlay(deps, call), call.publicUrl) };
    },
  });
}

function changePlay(deps: Deps): Route {
  return route({
    method: "patch",
    path: "/play/{play_id}",
    operationId: "v1.play.patch",
    summary: "Set what a request bin answers, and what it checks signatures with",
    access: "anyone",
    body: PLAY_IN,
    example: {
      answer: { status: 503, body: "out of order", contentType: "text/plain", delayMs: 2_000 },
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    },
    answers: { 200: PLAY_OUT },
    async handle(call) {
      const found = await findPlay(deps, call);
      const { answer, secret } = call.body;
      const changes = {
        ...(answer === undefined ? {} : { answer: answerIn(found.answer, answer) }),
        ...(secret === undefined ? {} : { secret }),
      };
      await deps.plays.change(found.id, changes);
      return { status: 200, body: playOut({ ...found, ...changes }, call.publicUrl) };
    },
  });
}

function deletePlay(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/play/{play_id}",
    operationId: "v1.play.delete",
    summary: "Delete a request bin, and all that it has",
    access: "anyone",
    answers: { 204: null },
    async handle(call) {
      await deps.plays.remove((await findPlay(deps, call)).id);
      return { status: 204 };
    },
  });
}

function listRequests(deps: Deps): Route {
  return route({
    method: "get",
    path: "/play/{play_id}/request",
    operationId: "v1.play.list-requests",
    summary: "List what was sent to a request bin, newest first: the last 100, in 2 MiB at most",
    access: "anyone",
    query: PLAY_REQUESTS_QUERY,
    answers: { 200: PLAY_REQUEST_LIST_OUT },
    async handle(call) {
      const { id } = await findPlay(deps, call);
      const page = await deps.plays.list(id, pageQuery(call.query, "descending"));
      return listAnswer(page, (request) => request.id, playRequestOut);
    },
  });
}

function clearRequests(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/play/{play_id}/request",
    operationId: "v1.play.clear-requests",
    summary: "Delete what was sent to a request bin",
    access: "anyone",
    answers: { 204: null },
    async handle(call) {
      await deps.plays.clear((await findPlay(deps, call)).id);
      return { status: 204 };
    },
  });
}

function watchPlay(deps: Deps): Route {
  return route({
    method: "get",
    path: "/play/{play_id}/live",
    operationId: "v1.play.live",
    summary: "Watch what is sent to a request bin, as server-sent events",
    access: "anyone",
    answers: { 200: null },
    successes: { 200: "`event: ready` when it begins; `event: change` when something has come" },
    events: PLAY_ARRIVAL,
    refusals: {
      429: "As many watch as may at once: wait as long as Retry-After says",
      503: "This process is stopping: connect again",
    },
    async handle(call) {
      return watching(deps.playground.live, (await findPlay(deps, call)).id);
    },
  });
}

/** Throws a ProblemError (404) if there is none, or no more. */
async function findPlay({ plays }: Deps, call: PathCall): Promise<Play> {
  const play = await plays.find(parameter(call, "play_id"), Date.now());
  if (play === undefined) throw notFound("There is no such request bin, or no more");
  return play;
}
