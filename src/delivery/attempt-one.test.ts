import { expect, test } from "vitest";
import type { AttemptToMake, Claim, ClaimResult } from "../store/store.ts";
import { attemptOne } from "./attempt-one.ts";
import { createInFlight } from "./in-flight.ts";
import type { MadeAttempt } from "./make-attempt.ts";
import { createPatience } from "./patience.ts";
import { createTurns } from "./turns.ts";

const DUE = { messageId: "msg_1", endpointId: "ep_1", applicationId: "app_1", attemptNumber: 1 };

test("two carriers in one process make an attempt once, however late a claim's answer comes", async () => {
  const attempt = Promise.withResolvers<MadeAttempt>();
  let made = 0;
  let hasEnded = false;
  const turns = createTurns();
  const inFlight = createInFlight(async () => {
    made++;
    const result = await attempt.promise;
    hasEnded = true;
    return result;
  }, turns);

  // Like the database: the verdict is on the row as it is, and lets in whoever holds the lease.
  let claims = 0;
  const claim = async ([one]: readonly Claim[]): Promise<readonly ClaimResult[]> => {
    const verdict: ClaimResult = hasEnded
      ? { kind: "ended", state: "succeeded" }
      : { kind: "claimed", attempt: { ...DUE, ...one, throttle: null } as AttemptToMake };
    if (++claims > 1) await attempt.promise.then(() => new Promise(setImmediate));
    return [verdict];
  };

  const unused = () => Promise.reject(new Error("not used here"));
  const store = { claim, postpone: unused };
  const throttled = { begin: unused, drain: unused };
  const deps = { store, inFlight, throttled, turns, holder: "this process", leaseMs: 1_000 };
  using patience = createPatience(60_000);
  const both = [attemptOne(deps, DUE, patience), attemptOne(deps, DUE, patience)];
  await new Promise(setImmediate);
  attempt.resolve({
    attempt: { succeeded: true },
    eventType: "order.completion",
    next: { kind: "end", end: "succeeded" },
  } as MadeAttempt);

  const [first, second] = await Promise.all(both);
  expect(first).toMatchObject({ kind: "made" });
  expect(second).toEqual({ kind: "ended", delivery: DUE, state: "succeeded" });
  expect(made).toBe(1);
});
