import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { withoutKeys } from "../access/api-key-text.ts";
import { requestIdOf } from "./request-id.ts";

/** Logs one line for each request when it has been answered, or its caller has gone. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAtMs = performance.now();
    const { method, originalUrl } = request;
    response.once("close", () => {
      const line = {
        requestId: requestIdOf(response),
        method,
        url: withoutKeys(originalUrl),
        status: response.writableFinished ? response.statusCode : null,
        durationMs: Math.round(performance.now() - startedAtMs),
      };
      logger.debug(line, "request");
    });
    next();
  };
}
