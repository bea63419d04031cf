import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { describe, expect, inject, it } from "vitest";
import { createLogger, routeTemporalLogs } from "../src/main/logger.ts";

/**
 * Workflows that began before an upgrade go on with the new code, so the new code must do what the
 * old one did. Where this fails, use `patched`, and record a history of the new shape as well
 * (record-histories.ts).
 */
const FOLDER = fileURLToPath(new URL("histories/", import.meta.url));
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
const WORKFLOW_ID = "deliver-msg_replayed";

routeTemporalLogs(createLogger("silent"));
const code = readFileSync(inject("workflowBundle"), "utf8");

type Event = {
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
};

function historyOf(file: string): { events: Event[] } {
  return JSON.parse(readFileSync(`${FOLDER}${file}`, "utf8")) as { events: Event[] };
}

describe("the workflows as they are now", () => {
  it.each(FILES)("can go on with %s", async (file) => {
    await Worker.runReplayHistory({ workflowBundle: { code } }, historyOf(file), WORKFLOW_ID);
  });

  it("have a history of each shape", () => {
    expect(FILES.map((file) => file.replace(/(?:-\d+)?\.json$/, ""))).toEqual(
      expect.arrayContaining([
        "single-success",
        "single-exhausted",
        "group-mixed",
        "slow-endpoint",
        "continued-as-new",
        "continued-from-another",
        "resend-twice",
        "resend-continued-as-new",
        "background-task",
        "background-task-continued-as-new",
        "background-task-canceled",
        "in-order",
        "in-order-continued-as-new",
        "trigger-example",
        "watch-disables",
        "watch-recovers",
        "watch-continued-as-new",
      ]),
    );
  });

  it("cannot go on with a history in which something else was done", async () => {
    const history = historyOf("single-exhausted.json");
    for (const { activityTaskScheduledEventAttributes: scheduled } of history.events) {
      if (scheduled) scheduled.activityType.name = "doSomethingElse";
    }
    const replay = Worker.runReplayHistory({ workflowBundle: { code } }, history, WORKFLOW_ID);
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  });
});
