import type { RequestHandler } from "express";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { problem } from "../http/problem.ts";
import { consume } from "../http/rate-limit.ts";

/** Behind a proxy that is one address for all: it may keep what it was answered for a minute. */
const OF_ONE_ADDRESS = 30;
/** Of all, because nobody has a shortage of addresses. */
const OF_ALL = 200;
const ALL = "all";

/** Of what anybody may read without a token: so many requests a second. Each process counts its own. */
export function limitReaders(): RequestHandler {
  const ofOneAddress = new RateLimiterMemory({ points: OF_ONE_ADDRESS, duration: 1 });
  const ofAll = new RateLimiterMemory({ points: OF_ALL, duration: 1 });

  return async ({ ip = "" }, response, next) => {
    // Whoever asks too often uses up nothing of the others'.
    const one = await consume(ofOneAddress, ip);
    const isRefused = one.isRefused || (await consume(ofAll, ALL)).isRefused;
    if (!isRefused) return next();
    response.setHeader("retry-after", 1);
    const detail = `No more than ${OF_ONE_ADDRESS} requests a second are answered here: wait 1 s`;
    throw problem(429, "rate_limited", detail);
  };
}
