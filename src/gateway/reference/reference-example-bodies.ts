import { settingsOut } from "../environments/environment-settings-schemas.ts";

/** Answers as they could come, for people who read the reference. */

const TIME = "2026-01-15T10:22:05.120Z";
const MESSAGE_ID = "msg_3MRUdJPmCw2OTzb3ZLVzwN4kDkM";

const TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…";

const APPLICATION = {
  id: "app_3MRUWp1y8xfQcJkizWZYXDDiatv",
  uid: "acme",
  name: "Acme",
  throttleRate: null,
  rateLimit: null,
  metadata: { plan: "pro" },
  createdAt: TIME,
  updatedAt: TIME,
};

const HEALTH = { disabledReason: null, disabledAt: null, failingSince: null, failedAttempts: null };

const { metadata, ...ENDPOINT } = {
  id: "ep_3MRUr5MJPwMaT0oGIoK3CNAUEXD",
  uid: null,
  url: "https://acme.example/webhooks",
  description: "",
  disabled: false,
  ...HEALTH,
  eventTypes: ["invoice.paid"],
  filterTypes: ["invoice.paid"],
  channels: null,
  throttleRate: null,
  rateLimit: null,
  version: 1,
  metadata: {},
  createdAt: TIME,
  updatedAt: TIME,
};

const OPERATIONAL_ENDPOINT = {
  id: "ep_3MRV0c1hWk2oQZ5sZ4gnbb1CNDr",
  uid: null,
  url: "https://you.example/operations",
  description: "",
  disabled: false,
  ...HEALTH,
  eventTypes: ["endpoint.disabled", "message.attempt.exhausted"],
  throttleRate: null,
  metadata: {},
  createdAt: TIME,
  updatedAt: TIME,
};

const EVENT_TYPE = {
  name: "invoice.paid",
  description: "An invoice was paid in full",
  archived: false,
  deprecated: false,
  schemas: null,
  featureFlag: null,
  featureFlags: null,
  groupName: null,
  createdAt: TIME,
  updatedAt: TIME,
};

const TEMPLATE_SET = {
  name: "runa",
  description: "A platform that sells gift cards: orders and products",
  eventTypes: [
    {
      name: EVENT_TYPE.name,
      description: EVENT_TYPE.description,
      groupName: "invoices",
      schemas: { "1": { type: "object" } },
    },
  ],
};

/** As the import that is shown finds it. */
const FROM_OPENAPI = {
  name: EVENT_TYPE.name,
  description: EVENT_TYPE.description,
  deprecated: false,
  groupName: null,
  featureFlags: null,
  schemas: { "1": { type: "object" } },
};

const MESSAGE = {
  id: MESSAGE_ID,
  eventType: "invoice.paid",
  eventId: null,
  channels: null,
  tags: ["tenant-7"],
  payload: { invoice: "in_42", amount: 1_200 },
  timestamp: TIME,
  deliverAt: null,
};

const ATTEMPT = {
  id: "atmpt_3MRUdJU36TAtPO8S7OIDAykIBp0",
  msgId: MESSAGE_ID,
  endpointId: ENDPOINT.id,
  url: ENDPOINT.url,
  status: 0,
  statusText: "success",
  triggerType: 0,
  responseStatusCode: 200,
  response: '{"received":true}',
  responseDurationMs: 27,
  timestamp: "2026-01-15T10:22:05.151Z",
};

const DELIVERED = { status: 0, statusText: "success", nextAttempt: null };

const DAYS = {
  startDate: "2026-01-13T00:00:00.000Z",
  endDate: "2026-01-16T00:00:00.000Z",
  period: "OneDay",
};
const OUTCOMES = { success: 118, failure: 2, errorRate: 2 / 120 };
const SERIES = { successCount: [57, 40, 21], failureCount: [0, 2, 0] };
const LAST_ERROR = {
  attemptId: ATTEMPT.id,
  messageId: MESSAGE_ID,
  timestamp: TIME,
  responseStatusCode: 503,
  response: "out of order",
};

const FINE = { status: "ok" };

const TASK = { id: "qtask_3MRVBtEDnXr0rYZBJ4Rm3lFD5Fg", status: "running", updatedAt: TIME };
const RECOVERED = { messagesSent: 98, found: 100, sent: 98, succeeded: 97, failed: 1, skipped: 2 };

/** By the answer's schema, or by the operation where the schema has no name. */
const API_KEY = {
  id: "key_3MRUWp1y8xfQcJkizWZYXDDiatv",
  name: "Billing service",
  mode: "live",
  scopes: ["publish"],
  appId: null,
  lastFour: "sN0q",
  createdAt: TIME,
  updatedAt: TIME,
  lastUsedAt: null,
  expiresAt: null,
};

export const EXAMPLE_BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ApiKeyOut: API_KEY,
  NewApiKeyOut: { ...API_KEY, key: `posthorn_live_${"•".repeat(42)}sN0q` },
  AppPortalAccessOut: {
    url: "https://posthorn.example/portal#key=eyJhcHBJZCI6ImFwcF8zTVJVV3AxeTh4ZlFjSmtpeldaWVhERGlhdHYi…",
    token: TOKEN,
  },
  AppAttemptStatsOut: {
    by_event_type: { "invoice.paid": { success: 118, failure: 2, canceled: 0 } },
    total_success: 118,
    total_failure: 2,
    total_canceled: 0,
    since: "2025-12-18T10:22:05.151Z",
    until: "2026-01-15T10:22:05.151Z",
  },
  AggregateEventTypesOut: { ...TASK, task: "event-type.aggregate" },
  ApplicationOut: APPLICATION,
  AppUsageStatsOut: { ...TASK, task: "application.stats", unresolvedAppIds: [] },
  BackgroundTaskOut: { ...TASK, status: "finished", task: "endpoint.recover", data: RECOVERED },
  EmptyResponse: {},
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
  BulkExpungeContentsOut: { results: { [MESSAGE_ID]: "expunged", "invoice-42": "not-found" } },
  EndpointMessageOut: { ...MESSAGE, ...DELIVERED },
  EndpointOut: { ...ENDPOINT, metadata },
  EndpointHeadersOut: { headers: { "x-tenant": "acme" }, sensitive: [] },
  EndpointSecretOut: { key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
  EndpointSeriesListOut: {
    data: [{ endpointId: ENDPOINT.id, ...OUTCOMES, ...SERIES }],
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
  EndpointStats: { success: 118, fail: 2, pending: 0, sending: 0, canceled: 0 },
  EndpointThrottleRateStatusOut: { status: "Ok", throttledSince: null },
  EgressIpsOut: { egressIps: ["203.0.113.7", "2001:db8:42::/48"] },
  EnvironmentOut: {
    version: 1,
    createdAt: TIME,
    eventTypes: [{ ...EVENT_TYPE, retrySchedule: null }],
    settings: { displayName: "Acme" },
    connectors: [],
  },
  EnvironmentSettingsOut: settingsOut({ displayName: "Acme" }),
  EventTypeImportOpenApiOut: { data: { modified: [], to_modify: [FROM_OPENAPI], archived: [] } },
  EventTypeOut: EVENT_TYPE,
  EventTypeTemplateSetsOut: { data: [TEMPLATE_SET] },
  EventTypeTemplateImportOut: { created: ["invoice.paid"], replaced: [], kept: [] },
  ExpungeAllContentsOut: { ...TASK, task: "application.purge_content" },
  OrganizationSettingsOut: { publicCatalogue: true, payloadValidation: "off", httpsOnly: false },
  OperationalWebhookEndpointOut: OPERATIONAL_ENDPOINT,
  MessageAttemptHeadersOut: {
    sentHeaders: { "content-type": "application/json", "webhook-id": MESSAGE_ID },
    responseHeaders: [["content-type", "application/json"]],
    sensitive: ["authorization"],
  },
  MessageAttemptOut: ATTEMPT,
  TestAttemptOut: { ...ATTEMPT, triggerType: 1 },
  MessageDetailsOut: { ...MESSAGE, workflowId: `deliver-${MESSAGE_ID}` },
  MessageEndpointOut: { ...ENDPOINT, ...DELIVERED },
  MessageOut: MESSAGE,
  RecoverOut: { ...TASK, task: "endpoint.recover" },
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
  RetryScheduleInOut: { retrySchedule: [{ secs: 5, nanos: 0 }] },
  RequestFormatOut: {
    body: "event-data",
    hexSignature: { header: "x-runa-signature", secret: "••••d on" },
    authToken: "••••hose",
    bodyToken: null,
    checksum: true,
  },
  ReplayOut: { ...TASK, task: "endpoint.bulk-replay" },
  MessagePrecheckOut: { active: true },
  MessageRawPayloadOut: { payload: JSON.stringify(MESSAGE.payload) },
  OneTimeTokenOut: { token: TOKEN, capabilities: ["ViewBase", "CreateAttempts"] },
  WhoamiOut: {
    envId: "org_23rb8YdGqMT0qIzpgGwdXfHirMu",
    appId: APPLICATION.id,
    streamAppId: null,
    permissionSource: "SvixJwt",
    sessionId: "ida",
    capabilities: ["ViewBase", "CreateAttempts"],
    featureFlags: [],
    mode: "live",
    scopes: ["read", "publish", "manage"],
    apiKeyId: null,
  },
  "v1.health.get": { database: FINE, queue: FINE, cache: FINE },
};
