import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { isId } from "../../domain/ids.ts";
import { verifySignature } from "../../signing/verify.ts";
import type { Play, PlayRequest, Plays } from "../../store/catalogue-plays.ts";
import { newIdInOrder } from "../../store/new-id.ts";
import { consume } from "../http/rate-limit.ts";
import type { Playground } from "./playground.ts";

export type PlayInDeps = {
  readonly plays: Pick<Plays, "find" | "keep">;
  readonly playground: Pick<Playground, "wait">;
};

const PLAY_PATH = "/play/in/:id{/*rest}";

const BODY_BYTES_MAX = 1024 * 1024;
/** What is kept of one bin: what arrived last. */
const ROOM = { requestsMax: 100, bodyBytesMax: 2 * 1024 * 1024 };
/** To one bin, in each process. */
const REQUESTS_PER_SECOND = 50;
const HEADERS_MAX = 100;

/** Where somebody is, or what let them in at a proxy of ours. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  "x-forwarded-for",
  "x-real-ip",
  "forwarded",
  "cf-connecting-ip",
  "true-client-ip",
]);

/**
 * Anybody may set what is answered: as a page of ours it could read what ours keep. So it is no
 * page, has no origin, and is never guessed to be something else.
 */
const HARMLESS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** Whatever is sent to a bin, by whatever method: kept, and answered as its owner has set. */
export function playIn(deps: PlayInDeps): Router {
  const limiter = new RateLimiterMemory({ points: REQUESTS_PER_SECOND, duration: 1 });

  const find: RequestHandler = async (request, response, next) => {
    const id = String(request.params["id"]);
    const play = isId("play", id) ? await deps.plays.find(id, Date.now()) : undefined;
    if (play === undefined) return text(response, 404, "There is nothing here, or no more");
    if ((await consume(limiter, id)).isRefused) {
      response.setHeader("retry-after", 1);
      return text(response, 429, `No more than ${REQUESTS_PER_SECOND} requests a second`);
    }
    response.locals["play"] = play;
    next();
  };

  const readBody = express.raw({ type: () => true, limit: BODY_BYTES_MAX });
  const read: RequestHandler = (request, response, next) => {
    readBody(request, response, (error?: unknown) => {
      if (error === undefined) return next();
      text(response, 413, `The body cannot be read, or has more than ${BODY_BYTES_MAX} bytes`);
    });
  };

  const keep: RequestHandler = async (request, response) => {
    const play: Play = response.locals["play"];
    await deps.plays.keep(arrived(request, play), ROOM);
    await answer(response, play, deps.playground);
  };
  const router = express.Router();
  router.all(PLAY_PATH, find, read, keep);
  return router;
}

function arrived(request: Request, { id: playId, secret, answer }: Play): PlayRequest {
  const receivedAtMs = Date.now();
  const { headers, rawHeaders, method, originalUrl } = request;
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  const pairs = Array.from(
    { length: Math.min(HEADERS_MAX, rawHeaders.length / 2) },
    (_, i) => [rawHeaders[2 * i] ?? "", rawHeaders[2 * i + 1] ?? ""] as const,
  );
  return {
    id: newIdInOrder("preq", receivedAtMs),
    playId,
    method,
    path: originalUrl.slice(originalUrl.indexOf(playId) + playId.length) || "/",
    headers: pairs.filter(([name]) => !NOT_KEPT.has(name.toLowerCase())),
    body,
    signature:
      secret === null
        ? "unchecked"
        : verifySignature(secret, { headers, body, nowMs: receivedAtMs }),
    answer: { status: answer.status, delayMs: answer.delayMs },
    receivedAtMs,
  };
}

async function answer(
  response: Response,
  { answer: { status, body, contentType, delayMs } }: Play,
  { wait }: Pick<Playground, "wait">,
): Promise<void> {
  if (delayMs > 0) {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    await wait(delayMs, gone.signal);
  }
  if (response.destroyed) return;
  response.writeHead(status, { ...HARMLESS, "content-type": contentType }).end(body);
}

function text(response: Response, status: number, sentence: string): void {
  response.writeHead(status, { ...HARMLESS, "content-type": "text/plain" }).end(`${sentence}\n`);
}
