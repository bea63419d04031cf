import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMetrics } from "./metrics.ts";
import {
  createWorkflowStarts,
  type Dispatcher,
  type MessageToCarry,
  type StartResult,
} from "./workflow-starts.ts";

const WINDOW_MS = 100;
const BACKLOG_MAX = 1_000;
const AWAY_MS = 2_000;
const GROUP_MAX = 500;

const message = (i: number, deliveries = 1): MessageToCarry => ({
  id: `msg_${i}`,
  applicationId: "app_1",
  deliveries,
});
const messages = (count: number, from = 0, deliveries = 1): readonly MessageToCarry[] =>
  Array.from({ length: count }, (_, i) => message(from + i, deliveries));

function setUp(answer: (first: string) => StartResult | Promise<StartResult>, groupMax: number) {
  const groups: string[][] = [];
  const noted: string[] = [];
  const dispatcher: Dispatcher = {
    async startDelivering(group) {
      groups.push(group.map(({ id }) => id));
      return answer(group[0]?.id ?? "");
    },
  };
  const metrics = createMetrics();
  const starts = createWorkflowStarts({
    dispatcher,
    store: {
      noteWorkflow: async (ids, workflowId) => void noted.push(`${ids.length} by ${workflowId}`),
    },
    groupMax,
    metrics,
    logger: pino({ level: "silent" }),
  });
  return { starts, groups, noted, metrics };
}

const started = (first: string): StartResult => ({ kind: "started", workflowId: `w-${first}` });
const away = (): never => {
  throw new Error("Temporal is away");
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe("messages to be carried", () => {
  it("start a workflow at once after a quiet moment", async () => {
    const { starts, groups, noted } = setUp(started, GROUP_MAX);
    await starts.add(message(1));
    expect(groups).toEqual([["msg_1"]]);
    await pass(WINDOW_MS);
    await starts.add(message(2));
    expect(groups).toEqual([["msg_1"], ["msg_2"]]);
    expect(noted).toEqual(["1 by w-msg_1", "1 by w-msg_2"]);
  });

  it("share the next workflow where they come within its window", async () => {
    const { starts, groups, noted } = setUp(started, GROUP_MAX);
    await starts.add(message(0));
    await pass(1);
    for (const one of messages(10, 1)) await starts.add(one);
    await pass(WINDOW_MS - 2);
    expect(groups).toHaveLength(1);
    await pass(1);
    expect(groups.map((group) => group.length)).toEqual([1, 10]);
    expect(noted[1]).toBe("10 by w-msg_1");
  });

  it("wait for the start under way, however long it takes", async () => {
    const { promise, resolve } = Promise.withResolvers<StartResult>();
    const { starts, groups } = setUp(() => promise, GROUP_MAX);
    for (const one of messages(20)) await starts.add(one);
    await pass(60_000);
    expect(groups).toHaveLength(1);
    resolve({ kind: "already_running" });
    await pass(0);
    expect(groups.map((group) => group.length)).toEqual([1, 19]);
  });

  it("go in groups of the size that is allowed", async () => {
    const { starts, groups } = setUp(started, 3);
    for (const one of messages(8)) await starts.add(one);
    await pass(3 * WINDOW_MS);
    expect(groups.map((group) => group.length)).toEqual([1, 3, 3, 1]);
  });

  it("go in smaller groups where each has many deliveries, alone at the least", async () => {
    const { starts, groups } = setUp(started, GROUP_MAX);
    for (const one of messages(5, 0, 900)) await starts.add(one);
    await starts.add(message(5, 9_000));
    await pass(4 * WINDOW_MS);
    expect(groups.map((group) => group.length)).toEqual([1, 2, 2, 1]);
  });

  it("go one by one without a window where a group is one", async () => {
    const { starts, groups } = setUp(started, 1);
    for (const one of messages(5)) await starts.add(one);
    await starts.drain();
    expect(groups).toEqual(messages(5).map(({ id }) => [id]));
  });

  it("slow their answers past a backlog, until it has shrunk", async () => {
    const { promise, resolve } = Promise.withResolvers<StartResult>();
    const { starts } = setUp(() => promise, GROUP_MAX);
    for (const one of messages(BACKLOG_MAX + 1)) await starts.add(one);
    let answered = false;
    const slow = starts.add(message(9_999)).then(() => (answered = true));
    await pass(10_000);
    expect(answered).toBe(false);
    resolve({ kind: "already_running" });
    await pass(0);
    await slow;
    expect(answered).toBe(true);
  });
});

describe("while Temporal is away", () => {
  it("holds neither answers nor messages, and leaves them to the sweep", async () => {
    const { promise, reject } = Promise.withResolvers<StartResult>();
    const { starts, groups, metrics } = setUp(() => promise, GROUP_MAX);
    for (const one of messages(BACKLOG_MAX + 1)) await starts.add(one);
    const slow = starts.add(message(9_999));
    reject(new Error("Temporal is away"));
    await pass(0);
    await slow;
    await pass(WINDOW_MS);
    await starts.drain();
    expect((await metrics.messagesAwaitingStart.get()).values[0]?.value).toBe(0);

    for (const one of messages(5_000)) await starts.add(one);
    expect(groups).toHaveLength(1);
  });

  it("tries again after a while", async () => {
    let isAway = true;
    const { starts, groups } = setUp((first) => (isAway ? away() : started(first)), GROUP_MAX);
    await starts.add(message(1));
    await pass(AWAY_MS - 1);
    await starts.add(message(2));
    isAway = false;
    await pass(1);
    await starts.add(message(3));
    expect(groups).toEqual([["msg_1"], ["msg_3"]]);
  });
});

describe("overdue messages", () => {
  it("are started again in groups", async () => {
    const { starts, groups } = setUp(started, 3);
    await starts.restart(messages(7));
    expect(groups.map((group) => group.length)).toEqual([3, 3, 1]);
  });

  it("are started in smaller groups where each has many deliveries", async () => {
    const { starts, groups } = setUp(started, GROUP_MAX);
    await starts.restart(messages(5, 0, 900));
    expect(groups.map((group) => group.length)).toEqual([2, 2, 1]);
  });

  it("go on without the one that a running workflow carries", async () => {
    const running = new Set(["msg_0", "msg_1"]);
    const { starts, groups } = setUp(
      (first) => (running.has(first) ? { kind: "already_running" } : started(first)),
      GROUP_MAX,
    );
    await starts.restart(messages(4));
    expect(groups).toEqual([
      ["msg_0", "msg_1", "msg_2", "msg_3"],
      ["msg_1", "msg_2", "msg_3"],
      ["msg_2", "msg_3"],
    ]);
  });

  it("are refused where Temporal cannot be reached", async () => {
    const { starts } = setUp(away, GROUP_MAX);
    await expect(starts.restart(messages(1))).rejects.toThrow("Temporal is away");
  });
});
