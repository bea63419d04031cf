/** What the reference's examples are about. */

export const TIME = "2026-01-15T10:22:05.120Z";
export const MESSAGE_ID = "msg_3MRUdJPmCw2OTzb3ZLVzwN4kDkM";

export const TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…";

export const APPLICATION = {
  id: "app_3MRUWp1y8xfQcJkizWZYXDDiatv",
  uid: "acme",
  name: "Acme",
  throttleRate: null,
  rateLimit: null,
  metadata: { plan: "pro" },
  createdAt: TIME,
  updatedAt: TIME,
};

export const HEALTH = {
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
  failedAttempts: null,
};

export const { metadata, ...ENDPOINT } = {
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
  ordered: false,
  version: 1,
  metadata: {},
  createdAt: TIME,
  updatedAt: TIME,
};

export const OPERATIONAL_ENDPOINT = {
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

export const EVENT_TYPE = {
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

export const TEMPLATE_SET = {
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
export const FROM_OPENAPI = {
  name: EVENT_TYPE.name,
  description: EVENT_TYPE.description,
  deprecated: false,
  groupName: null,
  featureFlags: null,
  schemas: { "1": { type: "object" } },
};

export const MESSAGE = {
  id: MESSAGE_ID,
  eventType: "invoice.paid",
  eventId: null,
  channels: null,
  tags: ["tenant-7"],
  payload: { invoice: "in_42", amount: 1_200 },
  timestamp: TIME,
  deliverAt: null,
};

export const ATTEMPT = {
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

export const DELIVERED = { status: 0, statusText: "success", nextAttempt: null };

export const FINE = { status: "ok" };

export const TASK = { id: "qtask_3MRVBtEDnXr0rYZBJ4Rm3lFD5Fg", status: "running", updatedAt: TIME };
export const RECOVERED = {
  messagesSent: 98,
  found: 100,
  sent: 98,
  succeeded: 97,
  failed: 1,
  skipped: 2,
};

export const API_KEY = {
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
