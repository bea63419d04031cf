import { describe, expect, test } from "vitest";
import { isSuccess } from "./attempt.ts";
import type { AttemptOutcome } from "./attempt.ts";
import { nextStep, withJitter } from "./delivery.ts";

const SCHEDULE = [5_000, 300_000];
const TIMEOUT: AttemptOutcome = {
  kind: "unanswered",
  reason: "timeout",
  detail: "No answer within 15 s.",
  durationMs: 15_000,
};

function answered(status: number, retryAfterMs?: number): AttemptOutcome {
  return { kind: "answered", status, headers: [], body: "", retryAfterMs, durationMs: 1 };
}

test.each([
  [199, false],
  [200, true],
  [204, true],
  [299, true],
  [300, false],
  [304, false],
  [410, false],
  [500, false],
])("status %d is a success: %s", (status, expected) => {
  expect(isSuccess(answered(status))).toBe(expected);
});

test("no answer is no success", () => {
  expect(isSuccess(TIMEOUT)).toBe(false);
});

describe("what follows an attempt", () => {
  const wait = (delayMs: number) => ({ kind: "wait", delayMs });
  const end = (reason: string) => ({ kind: "end", end: reason });

  test.each([
    ["200 ends it well", answered(200), 1, end("succeeded")],
    ["200 at the last attempt ends it well", answered(200), 3, end("succeeded")],
    ["410 ends it, though retries are left", answered(410), 1, end("endpoint_gone")],
    ["410 at the last attempt disables too", answered(410), 3, end("endpoint_gone")],
    ["500 waits the first wait", answered(500), 1, wait(5_000)],
    ["a redirect waits", answered(302), 1, wait(5_000)],
    ["404 waits", answered(404), 2, wait(300_000)],
    ["a timeout waits", TIMEOUT, 2, wait(300_000)],
    ["500 at the last attempt exhausts it", answered(500), 3, end("exhausted")],
    ["a timeout at the last attempt exhausts it", TIMEOUT, 3, end("exhausted")],
    ["Retry-After stretches the wait", answered(429, 7_000), 1, wait(7_000)],
    ["Retry-After stretches it to twice its length at most", answered(503, 3.6e6), 1, wait(10_000)],
    ["Retry-After does not shorten the wait", answered(503, 1_000), 1, wait(5_000)],
    ["Retry-After adds no attempt", answered(503, 1_000), 3, end("exhausted")],
  ])("%s", (_name, outcome, attemptNumber, step) => {
    expect(nextStep(outcome, attemptNumber, SCHEDULE)).toEqual(step);
  });

  test("with an empty schedule, the first failure exhausts it", () => {
    expect(nextStep(answered(500), 1, [])).toEqual(end("exhausted"));
  });
});

describe("jitter", () => {
  test.each([
    [0, 0, 5_000],
    [0, 1, 5_000],
    [0.2, 0, 4_000],
    [0.2, 0.5, 5_000],
    [0.2, 1, 6_000],
    [1, 0, 0],
  ])("of %d with the random number %d makes 5 s %d ms", (jitter, random, delayMs) => {
    expect(withJitter(5_000, jitter, random)).toBe(delayMs);
  });
});
