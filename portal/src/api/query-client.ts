import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

const FRESH_MS = 5_000;
const RETRIES_MAX = 2;

/** Answers are kept for a moment; what may succeed by itself is asked again, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES_MAX && isPassing(error),
      },
    },
  });
}

function isPassing(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
