/** As reference-example-bodies.ts, of what is below /v1. */

const TIME = "2026-01-15T10:22:05.120Z";
const MESSAGE_ID = "msg_3MRUdJPmCw2OTzb3ZLVzwN4kDkM";

const SCHEDULE = {
  id: "1",
  event: "invoice.paid",
  every: "5 minutes",
  createdAt: TIME,
  endsAt: "2026-01-22T10:22:05.120Z",
  nextAt: "2026-01-15T10:25:00.000Z",
  timesTriggered: 0,
};

export const SIMPLE_EXAMPLE_BODIES = {
  EventScheduleOut: SCHEDULE,
  EventSchedulesOut: { data: [SCHEDULE] },
  EventOut: {
    id: MESSAGE_ID,
    messageId: MESSAGE_ID,
    event: "invoice.paid",
    acceptedAt: TIME,
    warning: null,
  },
  PublishedOut: {
    id: "paid-42",
    messageId: MESSAGE_ID,
    event: "invoice.paid",
    acceptedAt: TIME,
    warning: null,
  },
  WebhookDeliveryOut: {
    id: MESSAGE_ID,
    eventId: "paid-42",
    event: "invoice.paid",
    status: "pending",
    attempts: 2,
    acceptedAt: TIME,
    lastAttemptAt: "2026-01-15T10:22:10.151Z",
    lastStatusCode: 503,
    lastError: "Your server answered 503: something failed on its side, and its log says more",
    nextAttemptAt: "2026-01-15T10:22:40.151Z",
    ended: null,
  },
  WebhookOut: {
    id: "ep_3MRUr5MJPwMaT0oGIoK3CNAUEXD",
    url: "https://acme.example/hooks",
    events: ["invoice.paid"],
    name: "Billing",
    description: "",
    enabled: true,
    disabledReason: null,
    signatureHeader: "x-runa-signature",
    retry: {
      attempts: 3,
      initialMs: 5_000,
      factor: 6,
      maxMs: 3_600_000,
      waitsMs: [5_000, 30_000],
    },
    createdAt: TIME,
    updatedAt: TIME,
  },
  WebhookTestOut: {
    messageId: MESSAGE_ID,
    event: "invoice.paid",
    url: "https://acme.example/hooks",
    succeeded: true,
    statusCode: 200,
    error: null,
    response: '{"received":true}',
    durationMs: 27,
    sentAt: TIME,
  },
};
