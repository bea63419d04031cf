import {
  APPLICATION,
  ATTEMPT,
  ENDPOINT,
  HEALTH,
  MESSAGE_ID,
  RECOVERED,
  TASK,
  TIME,
} from "./example-nouns.ts";

/** Answers that the portal and the console ask for, as they could come. */

const DAYS = {
  startDate: "2026-01-13T00:00:00.000Z",
  endDate: "2026-01-16T00:00:00.000Z",
  period: "OneDay",
};
const OUTCOMES = { success: 118, failure: 2, errorRate: 2 / 120 };
const SERIES = { successCount: [57, 40, 21], failureCount: [0, 2, 0] };
const WAITING = { pending: 3, sending: 2, isWaitingExact: true };
const LAST_ERROR = {
  attemptId: ATTEMPT.id,
  messageId: MESSAGE_ID,
  timestamp: TIME,
  responseStatusCode: 503,
  response: "out of order",
};

const PLAY_ID = "play_3MRUWp1y8xfQcJkizWZYXDDiatv";

export const PORTAL_EXAMPLE_BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AttemptLatenciesOut: {
    ...DAYS,
    data: { p50: [27, 31, 29], p95: [80, 95, 77], p99: [120, 204, 118], attempts: [57, 42, 21] },
  },
  AttemptStatisticsResponse: { ...DAYS, data: { ...SERIES, canceledCount: [0, 0, 0] } },
  DeliveryOut: {
    endpointId: ENDPOINT.id,
    url: ENDPOINT.url,
    description: "",
    disabled: false,
    state: "pending",
    attemptsMade: 2,
    nextAttempt: "2026-01-15T10:27:05.151Z",
    waitsFor: null,
    workflowId: `deliver-${MESSAGE_ID}`,
    workflowUrl: `https://temporal.example/namespaces/default/workflows/deliver-${MESSAGE_ID}`,
  },
  OverviewOut: {
    endpoints: [
      {
        applicationId: APPLICATION.id,
        applicationUid: APPLICATION.uid,
        applicationName: APPLICATION.name,
        endpointId: ENDPOINT.id,
        url: ENDPOINT.url,
        description: "",
        disabled: false,
        ...HEALTH,
        failingSince: TIME,
        ...WAITING,
        lastError: LAST_ERROR,
      },
    ],
    hasMoreEndpoints: false,
    lastDay: {
      since: "2026-01-14T11:00:00.000Z",
      until: "2026-01-15T11:00:00.000Z",
      messages: 60,
      success: 61,
      failure: 2,
      isExact: true,
      messageCount: [20, 40],
      successCount: [20, 41],
      failureCount: [0, 2],
    },
  },
  EndpointSeriesListOut: {
    data: [{ endpointId: ENDPOINT.id, ...OUTCOMES, ...SERIES, ...WAITING }],
    done: true,
    iterator: ENDPOINT.id,
    prevIterator: `-${ENDPOINT.id}`,
    ...DAYS,
  },
  FailingEndpointsOut: {
    data: [
      {
        endpointId: ENDPOINT.id,
        url: ENDPOINT.url,
        description: "",
        disabled: false,
        failingSince: null,
        ...OUTCOMES,
        lastError: LAST_ERROR,
      },
    ],
    isComplete: true,
    since: "2025-12-18T10:22:05.151Z",
    until: "2026-01-15T10:22:05.151Z",
  },
  ReplayPreviewOut: { matching: 100, isExact: true, oldest: TIME, newest: TIME },
  ReplayTaskOut: {
    ...TASK,
    task: "endpoint.recover",
    endpointId: ENDPOINT.id,
    createdAt: TIME,
    since: "2026-01-14T10:00:00.000Z",
    until: TIME,
    data: RECOVERED,
  },
  PlayOut: {
    id: PLAY_ID,
    url: `https://posthorn.example/play/in/${PLAY_ID}`,
    answer: { status: 200, body: '{"received":true}', contentType: "application/json", delayMs: 0 },
    checksSignatures: true,
    createdAt: TIME,
    expiresAt: "2026-01-22T10:22:05.120Z",
  },
  PlayRequestOut: {
    id: "preq_3MRVBtEDnXr0rYZBJ4Rm3lFD5Fg",
    method: "POST",
    path: "/",
    headers: [
      ["content-type", "application/json"],
      ["webhook-id", MESSAGE_ID],
    ],
    body: '{"invoice":"in_42","amount":1200}',
    isBase64: false,
    bodyBytes: 33,
    signature: "verified",
    answer: { status: 200, delayMs: 0 },
    timestamp: TIME,
  },
};
