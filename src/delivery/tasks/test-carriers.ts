import { expect } from "vitest";
import type { AttemptOutcome } from "../../domain/attempt.ts";
import type { BackgroundTask } from "../../domain/background-task.ts";
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
import { createBeginAnew } from "../begin-anew.ts";
import { createInFlight } from "../in-flight.ts";
import { createMakeManualAttempt } from "../make-manual-attempt.ts";
import { createMetrics } from "../metrics.ts";
import { createTurns } from "../turns.ts";
import type { MessageToCarry } from "../workflow-starts.ts";
import { createBeginTasks } from "./begin-task.ts";
import { createCarryTask, type CarryTask } from "./carry-task.ts";
import { createPace } from "./pace.ts";

const HOUR_MS = 3_600_000;
export const NEVER = new AbortController().signal;
export const SILENT = { warn: () => undefined } as unknown as Parameters<
  typeof createBeginTasks
>[0]["logger"];

/** A store with an endpoint, and what carries tasks there; what is posted is only noted. */
export async function openTestCarriers() {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  const application = await createApplication(store);
  const endpoint = await createEndpoint(store, application, { secrets: [] });
  return new TestCarriers(store, application, endpoint);
}

export class TestCarriers {
  readonly store: Store;
  readonly application: Application;
  readonly endpoint: NewEndpoint;
  /** The message ids that were posted, and what each is answered with. */
  readonly posted: string[] = [];
  answer: (messageId: string) => number | Promise<number> = () => 200;
  /** Those for which a workflow was started. */
  readonly started: string[] = [];

  constructor(store: Store, application: Application, endpoint: NewEndpoint) {
    this.store = store;
    this.application = application;
    this.endpoint = endpoint;
  }

  /** What a process carries tasks with. */
  carrier(holder = "one process", changes: Partial<Store> = {}): CarryTask {
    const store = { ...this.store, ...changes };
    const claims = { holder, leaseMs: 60_000 };
    const turns = createTurns();
    const tellLine = (): void => undefined;
    const makeManualAttempt = createMakeManualAttempt({
      store,
      tellLine,
      outbound: { post: ({ headers }) => this.#post(headers) },
      headerSet: "webhook",
      userAgent: "Posthorn/test",
      metrics: createMetrics(),
      ...claims,
    });
    const inFlight = createInFlight(() => Promise.reject(new Error("by hand only")), turns);
    const making = { store, inFlight, turns, makeManualAttempt, ...claims };
    const restart = async (messages: readonly MessageToCarry[]): Promise<void> => {
      this.started.push(...messages.map(({ id }) => id));
    };
    const workflowStarts = { restart };
    const beginAnew = createBeginAnew({ store, workflowStarts, tellLine, logger: SILENT });
    const attemptByHand = createAttemptByHand(making);
    return createCarryTask({ store, attemptByHand, beginAnew, pace: createPace(100_000) });
  }

  async #post(headers: Readonly<Record<string, string>>): Promise<AttemptOutcome> {
    const messageId = headers["webhook-id"] ?? "";
    this.posted.push(messageId);
    const given = { headers: [], body: "", retryAfterMs: undefined, durationMs: 1 };
    return { kind: "answered", status: await this.answer(messageId), ...given };
  }

  /** So many messages that failed, by their ids. */
  async failMany(count: number): Promise<readonly string[]> {
    const { store, application } = this;
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

  async recover(how: { readonly retry?: true } = {}): Promise<BackgroundTask> {
    const { store, application, endpoint } = this;
    const dispatcher = { startTask: () => Promise.reject(new Error("Temporal is away")) };
    const { beginReplay } = createBeginTasks({ store, dispatcher, logger: SILENT });
    const range = { sinceMs: Date.now() - HOUR_MS, untilMs: Date.now() };
    const at = { applicationId: application.id, endpointId: endpoint.id };
    const work = { type: "endpoint.recover", ...at, range, ...how } as const;
    const task = await beginReplay(application.organizationId, work);
    if (task === undefined) throw new Error("too many run");
    // Ids tell the time to 4 ms: what is attempted from now on is attempted since.
    await new Promise((resolve) => setTimeout(resolve, 10));
    return task;
  }

  async toTheEnd(carry: CarryTask, { id }: BackgroundTask): Promise<BackgroundTask> {
    while ((await carry.page(id, NEVER)).status === "running");
    return (await this.store.backgroundTasks.read(id)) ?? expect.unreachable();
  }
}
