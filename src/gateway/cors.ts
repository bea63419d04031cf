import type { RequestHandler } from "express";

const PREFLIGHT_SECONDS = "86400";

/** Any page may call: tokens travel in a header that pages set, never in cookies. */
export const cors: RequestHandler = (request, response, next) => {
  response.setHeader("access-control-allow-origin", "*");
  if (request.method !== "OPTIONS") return next();
  const asked = request.headers["access-control-request-headers"] ?? "*";
  response
    .writeHead(204, {
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": asked,
      "access-control-max-age": PREFLIGHT_SECONDS,
      vary: "access-control-request-headers",
    })
    .end();
};
