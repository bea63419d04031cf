import {
  taskCountsOut,
  type TaskCounts,
  type TaskStatus,
  type TaskType,
} from "./background-task.ts";
import type { DisabledReason } from "./endpoint-health.ts";

/** What an organization is told, with what was true at that moment. */
export type OperationalEvent = ToldOfEndpoint | ToldOfDisabled | ToldOfAttempt | ToldOfTask;

export type OperationalEventType = OperationalEvent["type"];

type ToldOfEndpoint = {
  readonly type: "endpoint.created" | "endpoint.updated" | "endpoint.deleted" | "endpoint.enabled";
  readonly facts: EndpointFacts;
};

type ToldOfDisabled = {
  readonly type: "endpoint.disabled";
  readonly facts: EndpointFacts & {
    readonly reason: DisabledReason;
    readonly failingSinceMs: number | null;
  };
};

type ToldOfAttempt = {
  readonly type:
    "message.attempt.failing" | "message.attempt.exhausted" | "message.attempt.recovered";
  readonly facts: EndpointFacts & {
    readonly messageId: string;
    readonly messageEventId: string | null;
    readonly attemptId: string;
    readonly statusCode: number;
    readonly endedAtMs: number;
  };
};

type ToldOfTask = {
  readonly type: "background_task.finished";
  readonly facts: {
    readonly taskId: string;
    readonly taskType: TaskType;
    readonly status: TaskStatus;
    readonly counts: TaskCounts;
    readonly error: string | null;
  };
};

type EndpointFacts = {
  readonly applicationId: string;
  readonly applicationUid: string | null;
  readonly endpointId: string;
  readonly endpointUid: string | null;
};

/** In the order in which documents list them. */
export const OPERATIONAL_EVENT_TYPES = [
  "endpoint.created",
  "endpoint.updated",
  "endpoint.deleted",
  "endpoint.enabled",
  "endpoint.disabled",
  "message.attempt.failing",
  "message.attempt.exhausted",
  "message.attempt.recovered",
  "background_task.finished",
] as const satisfies readonly OperationalEventType[];

/** What is sent of it. */
export function operationalPayload(event: OperationalEvent): {
  readonly type: OperationalEventType;
  readonly data: object;
} {
  return { type: event.type, data: dataOf(event) };
}

function dataOf({ type, facts }: OperationalEvent): object {
  switch (type) {
    case "endpoint.created":
    case "endpoint.updated":
    case "endpoint.deleted":
    case "endpoint.enabled":
      return whose(facts);
    case "endpoint.disabled":
      return { ...whose(facts), ...disabled(facts) };
    case "message.attempt.failing":
    case "message.attempt.exhausted":
    case "message.attempt.recovered":
      return { ...whose(facts), ...attempted(facts) };
    case "background_task.finished":
      return ended(facts);
  }
}

/** Uids that are not there are left out. */
function whose({ applicationId, applicationUid, endpointId, endpointUid }: EndpointFacts) {
  return {
    appId: applicationId,
    ...(applicationUid !== null && { appUid: applicationUid }),
    endpointId,
    ...(endpointUid !== null && { endpointUid }),
  };
}

function disabled({ reason, failingSinceMs }: ToldOfDisabled["facts"]) {
  return {
    trigger: reason === "owner" ? "manual" : "automatic",
    reason,
    failSince: failingSinceMs === null ? null : timeOut(failingSinceMs),
  };
}

function attempted(facts: ToldOfAttempt["facts"]) {
  return {
    msgId: facts.messageId,
    ...(facts.messageEventId !== null && { msgEventId: facts.messageEventId }),
    lastAttempt: {
      id: facts.attemptId,
      responseStatusCode: facts.statusCode,
      timestamp: timeOut(facts.endedAtMs),
    },
  };
}

function ended({ taskId, taskType, status, counts, error }: ToldOfTask["facts"]) {
  const data = { ...taskCountsOut(taskType, counts), ...(error !== null && { error }) };
  return { taskId, task: taskType, status, data };
}

function timeOut(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
