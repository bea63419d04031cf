import { createAttemptByHand } from "../../delivery/attempt-by-hand.ts";
import type { BeginAnew } from "../../delivery/begin-anew.ts";
import { createInFlight } from "../../delivery/in-flight.ts";
import { createMakeManualAttempt } from "../../delivery/make-manual-attempt.ts";
import { createMetrics } from "../../delivery/metrics.ts";
import type { TaskDispatcher } from "../../delivery/tasks/begin-task.ts";
import { createCarryTask } from "../../delivery/tasks/carry-task.ts";
import { createPace } from "../../delivery/tasks/pace.ts";
import { createTurns } from "../../delivery/turns.ts";
import type { AttemptOutcome } from "../../domain/attempt.ts";
import type { Store } from "../../store/store.ts";

/** As fast as it can. */
const ATTEMPTS_PER_SECOND = 100_000;

/**
 * Stands for Temporal and a worker: tasks are carried at once, and endpoints answer with 200, or
 * with 500 if that is what their URL's path says: /fails.
 */
export function createTestTasks(store: Store, beginAnew: BeginAnew): TaskDispatcher {
  const claims = { holder: "this process", leaseMs: 60_000 };
  const turns = createTurns();
  const makeManualAttempt = createMakeManualAttempt({
    tellLine: () => undefined,
    store,
    outbound: { post: async ({ url }) => answerOf(url) },
    headerSet: "webhook",
    userAgent: "Posthorn/test",
    metrics: createMetrics(),
    ...claims,
  });
  const inFlight = createInFlight(() => Promise.reject(new Error("by hand only")), turns);
  const attemptByHand = createAttemptByHand({
    store,
    inFlight,
    turns,
    makeManualAttempt,
    ...claims,
  });
  const carry = createCarryTask({
    store,
    attemptByHand,
    beginAnew,
    pace: createPace(ATTEMPTS_PER_SECOND),
  });
  const { signal } = new AbortController();
  return {
    async startTask({ id }) {
      while ((await carry.page(id, signal)).status === "running");
    },
  };
}

function answerOf(url: string): AttemptOutcome {
  const status = new URL(url).pathname === "/fails" ? 500 : 200;
  const answer = { headers: [], body: "", retryAfterMs: undefined, durationMs: 1 };
  return { kind: "answered", status, ...answer };
}
