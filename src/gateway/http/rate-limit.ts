import type { Request, Response } from "express";
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { tokenId } from "../access/token-claims.ts";
import type { Principal } from "../access/principal.ts";
import type { RateLimit } from "../api-settings.ts";
import { problem } from "./problem.ts";

/** Counts a request for its token or key. Throws a ProblemError (429) if that has made too many. */
export type LimitRate = (
  request: Request,
  response: Response,
  caller: Pick<Principal, "apiKeyId">,
) => Promise<void>;

const BURST_SECONDS = 10;

/** Each process counts in its own memory; undefined where there is no limit. */
export function createLimitRate(limit: RateLimit | undefined): LimitRate | undefined {
  if (limit === undefined) return undefined;
  const { requestsPerSecond, burst } = limit;
  const limiter = new BurstyRateLimiter(
    new RateLimiterMemory({ points: requestsPerSecond, duration: 1 }),
    new RateLimiterMemory({ points: burst, duration: BURST_SECONDS, keyPrefix: "burst" }),
  );

  return async ({ headers }, response, { apiKeyId }) => {
    // Only of tokens that were found good: nobody can fill the memory with others. A key that is
    // being rotated has two texts, and is one key.
    const caller = apiKeyId ?? tokenId(tokenIn(headers.authorization));
    const { counted, isRefused } = await consume(limiter, caller);
    const waitSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1_000));
    response.setHeader("ratelimit-limit", requestsPerSecond);
    response.setHeader("ratelimit-remaining", counted.remainingPoints);
    response.setHeader("ratelimit-reset", waitSeconds);
    if (!isRefused) return;
    response.setHeader("retry-after", waitSeconds);
    const detail = `A token may make ${requestsPerSecond} requests per second: wait ${waitSeconds} s`;
    throw problem(429, "rate_limited", detail);
  };
}

type Consumed = { readonly counted: RateLimiterRes; readonly isRefused: boolean };

/** Counts one more of whatever the key stands for. */
export async function consume(
  limiter: Pick<BurstyRateLimiter, "consume">,
  key: string,
): Promise<Consumed> {
  try {
    return { counted: await limiter.consume(key), isRefused: false };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { counted: error, isRefused: true };
    throw error;
  }
}

/** However the header is spelled, the token is its last word. */
function tokenIn(authorization = ""): string {
  return authorization.trim().split(" ").at(-1) ?? "";
}
