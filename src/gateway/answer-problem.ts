import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Logger } from "pino";
import { notFound, problem, ProblemError, type Problem } from "./problem.ts";

/** Turns whatever a handler threw into an answer; the only place that does. */
export function answerProblem(logger: Logger, payloadBytesMax: number): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = knownProblem(error, payloadBytesMax);
    if (known === undefined) {
      logger.error({ err: error, method: request.method, url: request.url }, "request failed");
    }
    const { status, body } = known ?? { status: 500, body: {} };
    response.status(status).json(body);
  };
}

export const notServed: RequestHandler = (request) => {
  throw notFound(`Nothing is served at ${request.method} ${request.path}`);
};

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
