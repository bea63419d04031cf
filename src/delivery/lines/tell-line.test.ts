import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import { createLocalLines } from "./local-lines.ts";
import { createTellLine } from "./tell-line.ts";

const SILENT = pino({ level: "silent" });

function telling(carryLine: () => Promise<void> = async () => undefined) {
  const told: string[] = [];
  const localLines = createLocalLines();
  const dispatcher = {
    carryLine: async (endpointId: string) => {
      told.push(endpointId);
      await carryLine();
    },
  };
  return { told, localLines, tell: createTellLine({ dispatcher, localLines, logger: SILENT }) };
}

it("tells at once, and what comes soon after once more for all", async () => {
  const { told, tell } = telling();
  for (let n = 0; n < 50; n++) tell("ep_1");
  tell("ep_2");
  expect(told).toEqual(["ep_1", "ep_2"]);
  await sleep(350);
  expect(told).toEqual(["ep_1", "ep_2", "ep_1"]);
  await sleep(300);
  expect(told).toHaveLength(3);
  tell("ep_2");
  expect(told.at(-1)).toBe("ep_2");
});

it("does not ask Temporal where this process carries the line, until it leaves it", async () => {
  const { told, tell, localLines } = telling();
  const here = localLines.enter("ep_1");
  if (here === undefined) return expect.unreachable();
  expect(localLines.enter("ep_1")).toBeUndefined();
  here.begin();
  tell("ep_1");
  expect(told).toEqual([]);
  // Told after it had looked: it must look again.
  expect(here.leave()).toBe(false);
  here.begin();
  expect(here.leave()).toBe(true);
  tell("ep_1");
  expect(told).toEqual(["ep_1"]);
  const next = localLines.enter("ep_1");
  here[Symbol.dispose]();
  tell("ep_1");
  await next?.news(5_000);
  expect(next?.leave()).toBe(false);
});

it("leaves lines to the sweep for a while when Temporal is away", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { told, tell } = telling(() => Promise.reject(new Error("away")));
  tell("ep_1");
  await sleep(20);
  tell("ep_1");
  tell("ep_2");
  await sleep(300);
  expect(told).toEqual(["ep_1"]);
});
