import { randomUUID } from "node:crypto";
import type { Config } from "../config.ts";
import { createCarry, type Carry } from "../delivery/carry.ts";
import { createFirstAttempts, type FirstAttempts } from "../delivery/first-attempts.ts";
import { createInFlight } from "../delivery/in-flight.ts";
import { createMakeAttempt } from "../delivery/make-attempt.ts";
import type { Metrics } from "../delivery/metrics.ts";
import { createTurns } from "../delivery/turns.ts";
import { createOutbound } from "../outbound/outbound.ts";
import type { Store } from "../store/store.ts";
import { VERSION } from "./version.ts";

/** What makes attempts, in a process that has the worker's role. */
export type Engine = {
  readonly carry: Carry;
  readonly firstAttempts: FirstAttempts;
  /** Lets what is under way end, and closes the connections to receivers. */
  close(): Promise<void>;
};

export type EngineDeps = {
  readonly config: Config;
  readonly allowedSubnets: readonly string[];
  readonly store: Store;
  readonly metrics: Metrics;
};

/** On top of the request's own limit: until its outcome is recorded. */
const LEASE_EXTRA_MS = 10_000;

export function createEngine({ config, allowedSubnets, store, metrics }: EngineDeps): Engine {
  const { requestTimeoutMs, retrySchedule, retryJitter, headerSet } = config.delivery;
  const userAgent = `Posthorn/${VERSION}`;
  const outbound = createOutbound({ timeoutMs: requestTimeoutMs, allowedSubnets, userAgent });
  const makeAttempt = createMakeAttempt({
    store,
    outbound,
    schedule: retrySchedule,
    jitter: retryJitter,
    headerSet,
    userAgent,
    metrics,
  });
  const turns = createTurns();
  const inFlight = createInFlight(makeAttempt, turns);
  const claims = { holder: randomUUID(), leaseMs: requestTimeoutMs + LEASE_EXTRA_MS };
  const firstAttempts = createFirstAttempts({ inFlight, turns, ...claims });
  return {
    carry: createCarry({ store, firstAttempts, inFlight, turns, ...claims }),
    firstAttempts,
    async close() {
      await inFlight.drain();
      await outbound.close();
    },
  };
}
