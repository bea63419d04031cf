import type { ReplayFilter } from "../../domain/background-task.ts";
import type { Changes } from "../catalogue-changes.ts";
import type { ReplayTaskQuery, TaskQuery } from "../catalogue-tasks.ts";
import type { AttemptQuery, Catalogue, EndpointMessageQuery, MessageQuery } from "../catalogue.ts";
import { anEndpoint } from "./fixtures.ts";

/** Every list under every filter, and the index that has to serve it, in the list's order. */
export type ListRead = {
  readonly what: string;
  readonly index: string;
  /** From several scans of the index: what they find is merged. */
  readonly isMerged: boolean;
  readonly read: (catalogue: Catalogue) => Promise<unknown>;
};

type Filters<Query> = readonly (readonly [
  what: string,
  index: string,
  query: Partial<Query>,
  how?: "merged",
])[];

const PAGE = { limit: 50, order: "descending" } as const;
const CONTENT = { ...PAGE, withPayload: true, withResponse: true, withMessage: false };
const SPAN = { after: "m", idFrom: "a", idBelow: "z" };
const TWO_TYPES = ["letter.sent", "parcel.sent"];

const MESSAGES: Filters<MessageQuery> = [
  ["messages", "message_by_application", {}],
  ["messages in a span of time", "message_by_application", SPAN],
  ["messages by event type", "message_by_event_type", { ...SPAN, eventTypes: ["letter.sent"] }],
  ["messages by event types", "message_by_event_type", { eventTypes: TWO_TYPES }, "merged"],
  ["messages by channel", "message_label", { ...SPAN, channel: "north" }],
  ["messages by tag", "message_label", { ...SPAN, tag: "vip" }],
  ["messages by all", "message_label", { channel: "north", tag: "vip", eventTypes: TWO_TYPES }],
];

const OF_ENDPOINT: Filters<EndpointMessageQuery> = [
  ["an endpoint's messages", "delivery_by_status", {}, "merged"],
  ["an endpoint's messages in a span of time", "delivery_by_status", SPAN, "merged"],
  ["an endpoint's messages by status", "delivery_by_status", { ...SPAN, statuses: ["failed"] }],
  [
    "an endpoint's messages by event type",
    "delivery_by_event_type",
    { ...SPAN, eventTypes: ["letter.sent"] },
  ],
  [
    "an endpoint's messages by event types",
    "delivery_by_event_type",
    { ...SPAN, eventTypes: TWO_TYPES },
    "merged",
  ],
  ["an endpoint's messages by channel", "delivery_label", { ...SPAN, channel: "north" }],
  ["an endpoint's messages by tag", "delivery_label", { ...SPAN, tag: "vip" }],
];

const ATTEMPTS: Filters<AttemptQuery> = [
  ["an endpoint's attempts", "attempt_by_status", {}, "merged"],
  ["an endpoint's attempts in a span of time", "attempt_by_status", SPAN, "merged"],
  ["an endpoint's attempts that succeeded", "attempt_by_status", { ...SPAN, succeeded: true }],
  ["an endpoint's attempts that failed", "attempt_by_status", { succeeded: false }, "merged"],
  ["an endpoint's attempts by status", "attempt_by_status", { ...SPAN, statusCodeClass: 400 }],
  ["an endpoint's attempts by event type", "attempt_by_event_type", { eventTypes: ["a", "a"] }],
  [
    "an endpoint's attempts by event types",
    "attempt_by_event_type",
    { ...SPAN, eventTypes: TWO_TYPES },
    "merged",
  ],
  ["an endpoint's attempts by channel", "attempt_label", { ...SPAN, channel: "north" }],
  ["an endpoint's attempts by tag", "attempt_label", { ...SPAN, tag: "vip" }],
];

const ATTEMPTS_OF_MESSAGE: Filters<AttemptQuery> = [
  ["a message's attempts", "attempt", {}],
  ["a message's attempts that failed", "attempt", { ...SPAN, succeeded: false }],
  ["a message's attempts at an endpoint", "attempt", { ...SPAN, endpointId: "e" }],
  ["a message's attempts by event types", "attempt", { ...SPAN, eventTypes: TWO_TYPES }],
];

const TASKS: Filters<TaskQuery> = [
  ["background tasks", "background_task_by_organization", {}],
  ["background tasks by status", "background_task_by_status", { after: "m", status: "failed" }],
  [
    "background tasks by type",
    "background_task_by_type",
    { after: "m", type: "application.purge_content" },
  ],
];

const REPLAY_TASKS: Filters<ReplayTaskQuery> = [
  ["an application's replays", "background_task_of_application", {}],
  ["an endpoint's replays", "background_task_of_endpoint", { after: "m", endpointId: "e" }],
];

const SCAN = { idFrom: "a", idBelow: "z", after: "m", idsMax: 50 };
const REPLAYS: Filters<ReplayFilter> = [
  ["an endpoint's messages to be replayed", "delivery_by_status", {}],
  ["… by status", "delivery_by_status", { statuses: ["canceled"] }],
  [
    "… by all",
    "delivery_by_status",
    { eventTypes: TWO_TYPES, channel: "north", tag: "vip", statusCodeClass: 500 },
  ],
];

const CHANGES: Filters<{ readonly read: (changes: Changes) => Promise<unknown> }> = [
  ["new messages", "message_by_application", { read: (one) => one.messages("a", "m", 50) }],
  ["new attempts", "attempt_by_time", { read: (one) => one.attempts("a", 1, 50) }],
  ["endpoints to watch", "endpoint_by_application", { read: (one) => one.endpoints("a", 50) }],
  ["tasks to watch", "background_task_of_application", { read: (one) => one.tasks("a", 50) }],
];

const APPLICATIONS: Filters<object> = [["applications", "application_by_organization", {}]];
const ENDPOINTS: Filters<object> = [["endpoints", "endpoint_by_application", {}]];
const EVENT_TYPES: Filters<object> = [["event types", "event_type", {}]];
const DESTINATIONS: Filters<object> = [["a message's endpoints", "delivery", {}]];

export const LIST_READS: readonly ListRead[] = [
  ...readsOf(MESSAGES, ({ messages }, query) => messages.list("a", { ...CONTENT, ...query })),
  ...readsOf(OF_ENDPOINT, ({ messages }, query) =>
    messages.listByEndpoint("e", { ...CONTENT, ...query }),
  ),
  ...readsOf(ATTEMPTS, ({ attempts }, query) =>
    attempts.listByEndpoint("e", { ...CONTENT, ...query }),
  ),
  ...readsOf(ATTEMPTS_OF_MESSAGE, ({ attempts }, query) =>
    attempts.listByMessage("m", { ...CONTENT, ...query }),
  ),
  ...readsOf(TASKS, ({ backgroundTasks }, query) =>
    backgroundTasks.list("o", { ...PAGE, ...query }),
  ),
  ...readsOf(REPLAY_TASKS, ({ backgroundTasks }, query) =>
    backgroundTasks.listReplays("a", { ...PAGE, ...query }),
  ),
  ...readsOf(CHANGES, async ({ changes }, { read }) => read?.(changes)),
  ...readsOf(REPLAYS, ({ replays }, filter) => replays.delivered("e", filter, SCAN)),
  ...readsOf([["failed messages", "delivery_by_status", {}]], ({ replays }) =>
    replays.failed("e", SCAN),
  ),
  ...readsOf([["missing messages", "message_by_application", {}]], ({ replays }) =>
    replays.missing({ ...anEndpoint("a"), eventTypes: TWO_TYPES, channels: ["north"] }, SCAN),
  ),
  ...readsOf([["messages to be purged", "message_by_application", {}]], ({ replays }) =>
    replays.withPayload("a", SCAN),
  ),
  ...readsOf(APPLICATIONS, ({ applications }) => applications.list("o", PAGE)),
  ...readsOf(ENDPOINTS, ({ endpoints }) => endpoints.list("a", PAGE)),
  ...readsOf(EVENT_TYPES, ({ eventTypes }) =>
    eventTypes.list("o", { ...PAGE, includeArchived: false }),
  ),
  ...readsOf(DESTINATIONS, ({ deliveries }) => deliveries.listByMessage("m", PAGE)),
];

function readsOf<Query>(
  filters: Filters<Query>,
  read: (catalogue: Catalogue, query: Partial<Query>) => Promise<unknown>,
): readonly ListRead[] {
  return filters.map(([what, index, query, how]) => ({
    what,
    index,
    isMerged: how === "merged",
    read: async (catalogue) => read(catalogue, query),
  }));
}
