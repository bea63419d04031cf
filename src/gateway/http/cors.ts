import type { RequestHandler } from "express";

const PREFLIGHT_SECONDS = "86400";
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
const HEADERS = "authorization, content-type, idempotency-key, svix-req-id, x-request-id";
const EXPOSED =
  "x-request-id, retry-after, idempotent-replayed, posthorn-payload-warning, ratelimit-limit, ratelimit-remaining, ratelimit-reset";

/**
 * Lets pages of these origins call; undefined: of any. Tokens travel in a header that pages set,
 * never in cookies, so a page can do nothing that its token may not.
 */
export function cors(origins: readonly string[] | undefined): RequestHandler {
  return ({ method, headers }, response, next) => {
    const { origin } = headers;
    const allowed = origins === undefined ? "*" : origins.find((one) => one === origin);
    if (origins !== undefined) response.setHeader("vary", "origin");
    if (allowed !== undefined) response.setHeader("access-control-allow-origin", allowed);
    if (method === "OPTIONS") {
      const vary = "access-control-request-headers";
      response
        .writeHead(204, {
          ...(allowed !== undefined && {
            "access-control-allow-methods": METHODS,
            "access-control-allow-headers": headers["access-control-request-headers"] ?? HEADERS,
            "access-control-max-age": PREFLIGHT_SECONDS,
          }),
          vary: origins === undefined ? vary : `origin, ${vary}`,
        })
        .end();
      return;
    }
    if (origin !== undefined && allowed !== undefined) {
      response.setHeader("access-control-expose-headers", EXPOSED);
    }
    next();
  };
}
