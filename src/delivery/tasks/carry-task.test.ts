import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BackgroundTask } from "../../domain/background-task.ts";
import type { AttemptOutcome } from "../../domain/attempt.ts";
import type { Application } from "../../domain/records.ts";
import type { NewEndpoint } from "../../store/catalogue.ts";
import {
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
} from "../../store/conformance/fixtures.ts";
import { newId } from "../../store/new-id.ts";
import { createSealer } from "../../store/sealed.ts";
import { createSqliteStore } from "../../store/sqlite/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { createAttemptByHand } from "../attempt-by-hand.ts";
import { createInFlight } from "../in-flight.ts";
import { createMakeManualAttempt } from "../make-manual-attempt.ts";
import { createMetrics } from "../metrics.ts";
import { createTurns } from "../turns.ts";
import { createBeginTasks } from "./begin-task.ts";
import { createCarryTask, type CarryTask } from "./carry-task.ts";

const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;
const LOGGER = { warn: () => undefined } as unknown as Parameters<
  typeof createBeginTasks
>[0]["logger"];

let store: Store;
let application: Application;
let endpoint: NewEndpoint;
/** The message ids that were posted, and what each is answered with. */
let posted: string[];
let answer: (messageId: string) => number | Promise<number>;
beforeEach(async () => {
  store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  application = await createApplication(store);
  endpoint = await createEndpoint(store, application, { secrets: [] });
  posted = [];
  answer = () => 200;
});
afterEach(() => store.close());

async function post(headers: Readonly<Record<string, string>>): Promise<AttemptOutcome> {
  const messageId = headers["webhook-id"] ?? "";
  posted.push(messageId);
  const given = { headers: [], body: "", retryAfterMs: undefined, durationMs: 1 };
  return { kind: "answered", status: await answer(messageId), ...given };
}

/** What a process carries tasks with. */
function carrier(holder = "one process", changes: Partial<Store> = {}): CarryTask {
  const its = { ...store, ...changes };
  const claims = { holder, leaseMs: 60_000 };
  const turns = createTurns();
  const makeManualAttempt = createMakeManualAttempt({
    store: its,
    outbound: { post: ({ headers }) => post(headers) },
    headerSet: "webhook",
    userAgent: "Posthorn/test",
    metrics: createMetrics(),
    ...claims,
  });
  const inFlight = createInFlight(() => Promise.reject(new Error("by hand only")), turns);
  const making = { store: its, inFlight, turns, makeManualAttempt, ...claims };
  return createCarryTask({ store: its, attemptByHand: createAttemptByHand(making) });
}

/** So many messages that failed, by their ids. */
async function failMany(count: number): Promise<readonly string[]> {
  const agoMs = Date.now() - 60_000;
  const fail = async (_none: unknown, i: number): Promise<string> => {
    const id = newId("msg", agoMs + 5 * i);
    const [attempt] = attemptsOf(await store.accept(aMessage(application, { id })));
    if (attempt === undefined) throw new Error("no attempt");
    await store.record(aRecord(attempt, { id: newId("atmpt", agoMs), state: "exhausted" }));
    return id;
  };
  return Promise.all(Array.from({ length: count }, fail));
}

async function recover(): Promise<BackgroundTask> {
  const dispatcher = { startTask: () => Promise.reject(new Error("Temporal is away")) };
  const { beginReplay } = createBeginTasks({ store, dispatcher, logger: LOGGER });
  const range = { sinceMs: Date.now() - HOUR_MS, untilMs: Date.now() };
  const at = { applicationId: application.id, endpointId: endpoint.id };
  const work = { type: "endpoint.recover", ...at, range } as const;
  const task = await beginReplay(application.organizationId, work);
  if (task === undefined) throw new Error("too many run");
  // Ids tell the time to 4 ms: what is attempted from now on is attempted since.
  await new Promise((resolve) => setTimeout(resolve, 10));
  return task;
}

async function toTheEnd(carry: CarryTask, { id }: BackgroundTask): Promise<BackgroundTask> {
  while ((await carry.page(id, NEVER)).status === "running");
  return (await store.backgroundTasks.read(id)) ?? expect.unreachable();
}

describe("a task that is carried", () => {
  it("is done page by page, each message once", async () => {
    const ids = await failMany(230);
    const [bad = ""] = ids;
    answer = (id) => (id === bad ? 500 : 200);
    const task = await recover();
    const first = await carrier().page(task.id, NEVER);
    const line = "endpoint.recover: 100 found, 100 sent, 1 failed, 99 succeeded";
    expect(first.status).toBe("running");
    expect(first.line.split(", ").toSorted()).toEqual(line.split(", ").toSorted());
    const { status, progress } = await toTheEnd(carrier(), task);
    expect(status).toBe("finished");
    expect(progress.counts).toEqual({ found: 230, sent: 230, succeeded: 229, failed: 1 });
    expect(posted.toSorted()).toEqual(ids);
  });

  it("goes on in the page in which its carrier was lost, and counts what that had done", async () => {
    const ids = await failMany(150);
    const task = await recover();
    const { change } = store.backgroundTasks;
    const lost = {
      ...store.backgroundTasks,
      // It notes the page; then it is killed, before it can note what came of it.
      change: async (...given: Parameters<typeof change>) => {
        if (given[1].progress.counts.sent !== undefined) throw new Error("killed");
        return change(...given);
      },
    };
    const carry = carrier("lost process", { backgroundTasks: lost });
    await expect(carry.page(task.id, NEVER)).rejects.toThrow("killed");
    expect(posted).toHaveLength(100);
    const { progress } = await toTheEnd(carrier(), task);
    expect(progress.counts).toEqual({ found: 150, sent: 150, succeeded: 150 });
    expect(posted.toSorted()).toEqual(ids);
  });

  it("by two at once is done once, and counted once", async () => {
    const ids = await failMany(220);
    answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return 200;
    };
    const task = await recover();
    const [{ progress }] = await Promise.all([
      toTheEnd(carrier("one process"), task),
      toTheEnd(carrier("another process"), task),
    ]);
    expect(progress.counts).toEqual({ found: 220, sent: 220, succeeded: 220 });
    expect(posted.toSorted()).toEqual(ids);
  });

  it("leaves what it has not begun when it is told to stop", async () => {
    const ids = await failMany(90);
    const stop = new AbortController();
    answer = () => {
      if (posted.length === 20) stop.abort();
      return 200;
    };
    const task = await recover();
    const report = await carrier().page(task.id, stop.signal);
    expect(report.status).toBe("running");
    const { progress } = (await store.backgroundTasks.read(task.id)) ?? expect.unreachable();
    expect(posted.length).toBeLessThan(ids.length);
    expect(progress.counts.sent).toBe(posted.length);
    expect(progress.page).toHaveLength(ids.length - posted.length);
    await toTheEnd(carrier(), task);
    expect(posted.toSorted()).toEqual(ids);
  });

  it("skips what has no payload left", async () => {
    const [first = "", ...others] = await failMany(3);
    await store.messages.expunge(first);
    const { status, progress } = await toTheEnd(carrier(), await recover());
    expect([status, progress.counts]).toEqual([
      "finished",
      { found: 3, sent: 2, succeeded: 2, skipped: 1 },
    ]);
    expect(posted.toSorted()).toEqual(others);
  });

  it.each([
    ["disabled", "The endpoint is disabled"],
    ["deleted", "The endpoint was deleted"],
  ])("fails where its endpoint is %s", async (what, error) => {
    await failMany(3);
    const task = await recover();
    if (what === "deleted") await store.endpoints.remove(endpoint.id, Date.now());
    else await store.endpoints.change(endpoint.id, (found) => ({ ...found, disabled: true }));
    const { status, progress } = await toTheEnd(carrier(), task);
    expect([status, progress.error, posted]).toEqual(["failed", error, []]);
  });

  it("fails when it is canceled, once, and is not worked on after that", async () => {
    await failMany(3);
    const task = await recover();
    const carry = carrier();
    expect(await carry.cancel(task.id)).toMatchObject({ status: "failed" });
    expect(await carry.page(task.id, NEVER)).toMatchObject({ status: "failed" });
    expect(await carry.cancel(task.id)).toMatchObject({ status: "failed" });
    expect(posted).toEqual([]);
    expect(await carry.page(newId("qtask", 0), NEVER)).toMatchObject({ status: "gone" });
  });
});
