import { setTimeout as delay } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import type { AttemptOutcome } from "../domain/attempt.ts";
import {
  aMessage,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "../store/conformance/fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { createAttemptByHand } from "./attempt-by-hand.ts";
import { attemptOne } from "./attempt-one.ts";
import { createInFlight } from "./in-flight.ts";
import { createMakeAttempt } from "./make-attempt.ts";
import { createMakeManualAttempt } from "./make-manual-attempt.ts";
import { createMetrics } from "./metrics.ts";
import { createPatience } from "./patience.ts";
import { createThrottled } from "./throttled.ts";
import { createTurns } from "./turns.ts";

/** Longer than any test takes: only who is to lose it does. */
const PATIENCE_MS = 60_000;

function answered(status: number): AttemptOutcome {
  const answer = { headers: [], body: "", retryAfterMs: undefined, durationMs: 1 };
  return { kind: "answered", status, ...answer };
}

/** A process whose receivers answer when they are let, in the order in which they were asked. */
async function start() {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  const answers: ((outcome: AttemptOutcome) => void)[] = [];
  const posting = {
    store,
    outbound: { post: () => new Promise<AttemptOutcome>((resolve) => answers.push(resolve)) },
    headerSet: "webhook",
    userAgent: "Posthorn/test",
    metrics: createMetrics(),
  } as const;
  const claims = { holder: "this process", leaseMs: 600_000 };
  const turns = createTurns();
  const makeAttempt = createMakeAttempt({ ...posting, schedule: [5_000, 5_000], jitter: 0 });
  const inFlight = createInFlight(makeAttempt, turns);
  const makeManualAttempt = createMakeManualAttempt({
    tellLine: () => undefined,
    ...posting,
    ...claims,
  });
  const throttled = createThrottled({ store, inFlight, turns, ...claims });
  const deps = { store, inFlight, throttled, turns, makeManualAttempt, ...claims };
  const application = await createApplication(store);
  await createEndpoint(store, application, { secrets: [] });
  const [attempt] = attemptsOf(await store.accept(aMessage(application)));
  if (attempt === undefined) throw new Error("no attempt");
  const patiences = new DisposableStack();
  const patient = (ms: number) => patiences.use(createPatience(ms));
  return {
    store,
    answers,
    delivery: attempt,
    inFlight,
    scheduled: () => attemptOne(deps, attempt, patient(PATIENCE_MS)),
    byHand: (patienceMs = PATIENCE_MS) => createAttemptByHand(deps)(attempt, patient(patienceMs)),
    async [Symbol.asyncDispose]() {
      patiences.dispose();
      await store.close();
    },
  };
}

async function asked({ answers }: { readonly answers: readonly unknown[] }, count: number) {
  await vi.waitFor(() => expect(answers).toHaveLength(count), { timeout: 20_000 });
}

it("waits while the schedule's attempt is under way, and is made after it", async () => {
  await using one = await start();
  const scheduled = one.scheduled();
  await asked(one, 1);
  const byHand = one.byHand();
  await delay(300);
  expect(one.answers).toHaveLength(1);
  one.answers[0]?.(answered(500));
  expect(await scheduled).toMatchObject({ kind: "made", made: { next: { delayMs: 5_000 } } });
  await asked(one, 2);
  one.answers[1]?.(answered(200));
  const made = { attempt: { number: 0, trigger: "manual", succeeded: true } };
  expect(await byHand).toMatchObject({ kind: "made", made });
});

it("is not taken for the schedule's own, which waits until it has ended", async () => {
  await using one = await start();
  const byHand = one.byHand();
  await asked(one, 1);
  const scheduled = one.scheduled();
  await delay(300);
  expect(one.answers).toHaveLength(1);
  one.answers[0]?.(answered(200));
  expect(await byHand).toMatchObject({ kind: "made" });
  expect(await scheduled).toMatchObject({ kind: "ended", state: "succeeded" });
});

it("says that it is busy when its patience ends", async () => {
  await using one = await start();
  const scheduled = one.scheduled();
  await asked(one, 1);
  expect(await one.byHand(50)).toEqual({ kind: "busy" });
  one.answers[0]?.(answered(200));
  await scheduled;
});

it("is let end before the process does", async () => {
  await using one = await start();
  const byHand = one.byHand();
  await asked(one, 1);
  let hasDrained = false;
  const drained = one.inFlight.drain().then(() => (hasDrained = true));
  await delay(20);
  expect(hasDrained).toBe(false);
  one.answers[0]?.(answered(410));
  await drained;
  await byHand;
  const { applicationId, endpointId } = one.delivery;
  const endpoint = await one.store.endpoints.find(applicationId, endpointId);
  expect(endpoint?.disabled).toBe(true);
  expect(endpoint?.updatedAtMs).toBeGreaterThan(NOW_MS - 1);
});
