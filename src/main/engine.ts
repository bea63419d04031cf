import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { createAttemptByHand } from "../delivery/attempt-by-hand.ts";
import type { BeginAnew } from "../delivery/begin-anew.ts";
import { createCarry, type Carry } from "../delivery/carry.ts";
import { createFirstAttempts, type FirstAttempts } from "../delivery/first-attempts.ts";
import { createInFlight } from "../delivery/in-flight.ts";
import { createJudgeEndpoint, type JudgeEndpoint } from "../delivery/judge-endpoint.ts";
import { createCarryLine, type CarryLine } from "../delivery/lines/carry-line.ts";
import type { LocalLines } from "../delivery/lines/local-lines.ts";
import type { TellLine } from "../delivery/lines/tell-line.ts";
import { createMakeAttempt } from "../delivery/make-attempt.ts";
import { createMakeManualAttempt } from "../delivery/make-manual-attempt.ts";
import type { Metrics } from "../delivery/metrics.ts";
import { createMakeResent, type MakeResent } from "../delivery/resend.ts";
import { createCarryTask, type CarryTask } from "../delivery/tasks/carry-task.ts";
import { createPace } from "../delivery/tasks/pace.ts";
import { createThrottled } from "../delivery/throttled.ts";
import { createTurns } from "../delivery/turns.ts";
import { createOutbound } from "../outbound/outbound.ts";
import type { Store } from "../store/store.ts";
import { VERSION } from "./version.ts";

/** What makes attempts, in a process that has the worker's role. */
export type Engine = {
  readonly carry: Carry;
  readonly carryLine: CarryLine;
  readonly firstAttempts: FirstAttempts;
  readonly makeResent: MakeResent;
  readonly carryTask: CarryTask;
  readonly judgeEndpoint: JudgeEndpoint;
  /** Lets what is under way end, and closes the connections to receivers. */
  close(): Promise<void>;
};

export type EngineDeps = {
  readonly config: Config;
  readonly allowedSubnets: readonly string[];
  readonly store: Store;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly beginAnew: BeginAnew;
  readonly localLines: LocalLines;
  readonly tellLine: TellLine;
};

/** On top of the request's own limit: until its outcome is recorded. */
const LEASE_EXTRA_MS = 10_000;

export function createEngine(deps: EngineDeps): Engine {
  const { config, allowedSubnets, store, metrics, logger, beginAnew, tellLine } = deps;
  const { requestTimeoutMs, retrySchedule, retryJitter, headerSet, disableAfterMs } =
    config.delivery;
  const userAgent = `Posthorn/${VERSION}`;
  const outbound = createOutbound({ timeoutMs: requestTimeoutMs, allowedSubnets, userAgent });
  const posting = { store, outbound, headerSet, userAgent, metrics };
  const schedule = { schedule: retrySchedule, jitter: retryJitter };
  const makeAttempt = createMakeAttempt({ ...posting, ...schedule });
  const turns = createTurns();
  const inFlight = createInFlight(makeAttempt, turns);
  const claims = { holder: randomUUID(), leaseMs: requestTimeoutMs + LEASE_EXTRA_MS };
  const throttled = createThrottled({ store, inFlight, turns, ...claims });
  const attempting = { store, inFlight, throttled, turns, ...claims };
  const firstAttempts = createFirstAttempts(attempting);
  const makeManualAttempt = createMakeManualAttempt({ ...posting, ...claims, tellLine });
  const attemptByHand = createAttemptByHand({ ...attempting, makeManualAttempt });
  const pace = createPace(config.delivery.recoverRate);
  return {
    carry: createCarry({ ...attempting, firstAttempts }),
    carryLine: createCarryLine({ ...attempting, localLines: deps.localLines }),
    firstAttempts,
    makeResent: createMakeResent(attemptByHand),
    judgeEndpoint: createJudgeEndpoint({ store, disableAfterMs, metrics, logger }),
    carryTask: createCarryTask({ store, attemptByHand, beginAnew, pace }),
    async close() {
      await throttled.drain();
      await inFlight.drain();
      await outbound.close();
    },
  };
}
