import type { RequestListener } from "node:http";

/** Ids tell times apart that differ by 4 ms: what is made within them is in no order. */
const APART_MS = 6;

/**
 * Lets each call that changes anything begin so long after the last one that did, as if its caller
 * were further away: then what is made later has the greater id, on the fastest machine, too.
 */
export function spacedCalls(app: RequestListener): RequestListener {
  let changedAtMs = -Infinity;
  return (request, response) => {
    if (request.method === "GET" || request.method === "HEAD") return app(request, response);
    response.once("prefinish", () => {
      if (response.statusCode < 300) changedAtMs = performance.now();
    });
    const waitMs = changedAtMs + APART_MS - performance.now();
    if (waitMs <= 0) return app(request, response);
    setTimeout(app, waitMs, request, response);
  };
}
