import { describe, expect, it, vi } from "vitest";
import type { AttemptToMake } from "../store/store.ts";
import { createFirstAttempts } from "./first-attempts.ts";
import { createInFlight } from "./in-flight.ts";
import type { MadeAttempt } from "./make-attempt.ts";
import { createTurns } from "./turns.ts";

const REMEMBERED_MAX = 10_000;
const ENDPOINT_TURNS = 128;

function attemptAt(endpointId: string, messageId = "msg_1"): AttemptToMake {
  return {
    messageId,
    endpointId,
    applicationId: "app_1",
    attemptNumber: 1,
    eventType: "invoice.paid",
    url: "https://example.com/",
    headers: {},
    secrets: [],
    contentType: null,
    requestFormat: null,
    retrySchedule: null,
    throttle: null,
    scheduleFrom: 0,
    labels: [],
    isTest: false,
    payload: Buffer.from("a payload that must not be kept"),
  };
}

function start(makeAttempt: (attempt: AttemptToMake) => Promise<MadeAttempt>) {
  const turns = createTurns();
  const inFlight = createInFlight(makeAttempt, turns);
  const throttled = { begin: vi.fn<() => Promise<never>>() };
  return createFirstAttempts({ inFlight, throttled, turns, holder: "process_1", leaseMs: 25_000 });
}

const never = (): Promise<MadeAttempt> => new Promise(() => undefined);

describe("first attempts", () => {
  it("are begun at once, and adopted once", () => {
    const make = vi.fn<typeof never>(never);
    const first = start(make);
    first.begin("msg_1", [attemptAt("ep_1"), attemptAt("ep_2")]);
    expect(make).toHaveBeenCalledTimes(2);

    const adopted = first.adopt("msg_1");
    expect(adopted).toMatchObject([{ endpointId: "ep_1" }, { endpointId: "ep_2" }]);
    expect(adopted?.every(({ made }) => made instanceof Promise)).toBe(true);
    expect(first.adopt("msg_1")).toBeUndefined();
    expect(first.adopt("msg_2")).toBeUndefined();
  });

  it("are left to the workflow where the endpoint has no turn", () => {
    const make = vi.fn<typeof never>(never);
    const first = start(make);
    for (let i = 0; i <= ENDPOINT_TURNS; i++) {
      first.begin(`msg_${i}`, [attemptAt("ep_1", `msg_${i}`)]);
    }
    expect(make).toHaveBeenCalledTimes(ENDPOINT_TURNS);
    expect(first.adopt(`msg_${ENDPOINT_TURNS}`)).toMatchObject([{ made: null, attemptNumber: 1 }]);
  });

  it("do not keep payloads for those who adopt", () => {
    const first = start(never);
    first.begin("msg_1", [attemptAt("ep_1")]);
    expect(JSON.stringify(first.adopt("msg_1"))).not.toContain("payload");
  });

  it("are forgotten, oldest first, past a bound", () => {
    const first = start(never);
    for (let i = 0; i <= REMEMBERED_MAX; i++) first.begin(`msg_${i}`, [attemptAt(`ep_${i}`)]);
    expect(first.adopt("msg_0")).toBeUndefined();
    expect(first.adopt("msg_1")).toHaveLength(1);
    expect(first.adopt(`msg_${REMEMBERED_MAX}`)).toHaveLength(1);
  });

  it("that cannot be recorded are the adopter's to see, and end no process", async () => {
    const first = start(() => Promise.reject(new Error("the disk is full")));
    first.begin("msg_1", [attemptAt("ep_1")]);
    const [adopted] = first.adopt("msg_1") ?? [];
    await expect(adopted?.made).rejects.toThrow("the disk is full");
  });

  it("are claimed for this process until the lease ends", () => {
    expect(start(never).lease(1_000)).toEqual({
      holder: "process_1",
      nowMs: 1_000,
      untilMs: 26_000,
    });
  });
});
