import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Logger } from "pino";
import { notFound, problem, ProblemError, type Problem } from "./problem.ts";
import { requestIdOf } from "./request-id.ts";

const UNAVAILABLE = 503;
const TOO_MANY = 429;
/** Long enough for a server that restarts. */
const RETRY_AFTER_S = 5;

/** Turns whatever a handler threw into an answer; the only place that does. */
export function answerProblem(logger: Logger, payloadBytesMax: number): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = knownProblem(error, payloadBytesMax);
    const requestId = requestIdOf(response);
    if (known === undefined) {
      const { method, originalUrl: url } = request;
      logger.error({ err: error, requestId, method, url }, "request failed");
    }
    const { status, body } = known ?? ourFault(requestId);
    const isToWait = status === UNAVAILABLE || status === TOO_MANY;
    if (isToWait && !response.hasHeader("retry-after")) {
      response.setHeader("retry-after", RETRY_AFTER_S);
    }
    response.status(status).json(body);
  };
}

export const notServed: RequestHandler = (request) => {
  throw notFound(`Nothing is served at ${request.method} ${request.path}`);
};

/** The log says more of the request with this id. */
function ourFault(requestId: string): Problem {
  const detail = `Something failed on our side. The log has it under the request's id, ${requestId}`;
  return problem(500, "internal_error", detail).problem;
}

function knownProblem(error: unknown, payloadBytesMax: number): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  const type = error instanceof Error && "type" in error ? error.type : undefined;
  if (type === "entity.too.large") {
    const detail = `The body is larger than ${payloadBytesMax} bytes`;
    return problem(413, "payload_too_large", detail).problem;
  }
  // What Express and its body reader blame on the client: a broken encoding, a cut-off body …
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    const { status, message } = error;
    if (status >= 400 && status <= 499) return problem(status, "generic_error", message).problem;
  }
  return undefined;
}
