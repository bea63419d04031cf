import type {
  AttemptQuery,
  Catalogue,
  EndpointMessageQuery,
  MessageQuery,
  Page,
  PageQuery,
} from "../src/store/catalogue.ts";
import type { TaskQuery } from "../src/store/catalogue-tasks.ts";
import {
  APPLICATION,
  APPLICATIONS,
  BUSY,
  ENDPOINTS,
  EVENT_TYPES,
  FAILING,
  id,
  MESSAGES,
  ORGANIZATION,
  RARE,
  TASKS,
  WIDE,
} from "./lists-data.ts";

export type ListCase = {
  readonly list: string;
  readonly filter: string;
  readonly pages: readonly PageQuery[];
  readonly read: (catalogue: Catalogue, page: PageQuery) => Promise<Page<unknown>>;
};

type Filters<Query> = readonly (readonly [string, Partial<Query>])[];

/** As many as an answer may have. */
const LIMIT = 250;

const MIDDLE = MESSAGES / 2;
const MANY = Array.from({ length: 30 }, (_, i) => `common.${i}`);

const CHANNELS_AND_TYPES = [
  ["no filter", {}],
  ["rare event type", { eventTypes: ["rare"] }],
  ["common event type", { eventTypes: ["common.7"] }],
  ["unknown event type", { eventTypes: ["none"] }],
  ["3 event types", { eventTypes: ["rare", "common.7", "common.8"] }],
  ["30 event types", { eventTypes: MANY }],
  ["rare channel", { channel: "rare" }],
  ["common channel", { channel: "common" }],
  ["rare tag", { tag: "rare" }],
] as const;

const MESSAGE_FILTERS: Filters<MessageQuery> = [
  ...CHANNELS_AND_TYPES,
  ["after", { idFrom: id("msg", MIDDLE) }],
  ["before", { idBelow: id("msg", MIDDLE) }],
];

const ENDPOINT_MESSAGE_FILTERS: Filters<EndpointMessageQuery> = [
  ...MESSAGE_FILTERS,
  ["status success", { statuses: ["succeeded"] }],
  ["status fail", { statuses: ["failed"] }],
  ["status pending", { statuses: ["unattempted"] }],
  ["status sending", { statuses: ["retrying"] }],
];

const ATTEMPT_FILTERS: Filters<AttemptQuery> = [
  ...CHANNELS_AND_TYPES,
  ["after", { idFrom: id("atmpt", MIDDLE) }],
  ["before", { idBelow: id("atmpt", MIDDLE) }],
  ["status success", { succeeded: true }],
  ["status fail", { succeeded: false }],
  ...[0, 100, 200, 300, 400, 500].map(
    (statusCodeClass) => [`status code class ${statusCodeClass}`, { statusCodeClass }] as const,
  ),
];

const TASK_FILTERS: Filters<TaskQuery> = [
  ["no filter", {}],
  ["rare status", { status: "failed" }],
  ["rare type", { type: "application.purge_content" }],
];

const UNFILTERED = [["no filter", {}]] as const;

const BUSY_AND_FAILING = [
  ["the busy endpoint", BUSY],
  ["the failing endpoint", FAILING],
] as const;

const MESSAGE_PAGES = pagesOf("descending", keysOf("msg", MESSAGES));
const ATTEMPT_PAGES = pagesOf("descending", keysOf("atmpt", MESSAGES));
const CONTENT = { withPayload: true, withResponse: true, withMessage: false };

export const CASES: readonly ListCase[] = [
  ...casesOf("messages", MESSAGE_PAGES, MESSAGE_FILTERS, ({ messages }, query) =>
    messages.list(APPLICATION, { ...CONTENT, ...query }),
  ),
  ...BUSY_AND_FAILING.flatMap(([name, endpointId]) => [
    ...casesOf(
      `messages of ${name}`,
      MESSAGE_PAGES,
      ENDPOINT_MESSAGE_FILTERS,
      ({ messages }, query) => messages.listByEndpoint(endpointId, { ...CONTENT, ...query }),
    ),
    ...casesOf(`attempts of ${name}`, ATTEMPT_PAGES, ATTEMPT_FILTERS, ({ attempts }, query) =>
      attempts.listByEndpoint(endpointId, { ...CONTENT, ...query }),
    ),
  ]),
  ...casesOf(
    "attempts of a message",
    pagesOf("descending", keysOf("atmpt", 10 * WIDE.endpoints, MESSAGES)),
    [...ATTEMPT_FILTERS, ["endpoint", { endpointId: BUSY }]],
    ({ attempts }, query) =>
      attempts.listByMessage(id("msg", WIDE.message), { ...CONTENT, ...query }),
  ),
  ...casesOf(
    "destinations of a message",
    pagesOf("ascending", keysOf("ep", WIDE.endpoints)),
    UNFILTERED,
    ({ deliveries }, query) => deliveries.listByMessage(id("msg", WIDE.message), query),
  ),
  ...casesOf(
    "applications",
    pagesOf("ascending", keysOf("app", APPLICATIONS)),
    UNFILTERED,
    ({ applications }, query) => applications.list(ORGANIZATION, query),
  ),
  ...casesOf(
    "endpoints",
    pagesOf("descending", keysOf("ep", ENDPOINTS)),
    UNFILTERED,
    ({ endpoints }, query) => endpoints.list(APPLICATION, query),
  ),
  ...casesOf(
    "event types",
    pagesOf("ascending", keysOf("type", EVENT_TYPES)),
    [...UNFILTERED, ["with archived ones", { includeArchived: true }]],
    ({ eventTypes }, query) => eventTypes.list(ORGANIZATION, { includeArchived: false, ...query }),
  ),
  ...casesOf(
    "background tasks",
    pagesOf("descending", keysOf("qtask", TASKS)),
    TASK_FILTERS,
    ({ backgroundTasks }, query) => backgroundTasks.list(ORGANIZATION, query),
  ),
];

function casesOf<Query>(
  list: string,
  pages: readonly PageQuery[],
  filters: Filters<Query>,
  read: (catalogue: Catalogue, query: Partial<Query> & PageQuery) => Promise<Page<unknown>>,
): readonly ListCase[] {
  return filters.map(([filter, query]) => ({
    list,
    filter,
    pages,
    read: async (catalogue, page) => read(catalogue, { ...query, ...page }),
  }));
}

/** The first page, and what comes before and after each of these keys. */
function pagesOf(order: PageQuery["order"], keys: readonly string[]): readonly PageQuery[] {
  const page = { limit: LIMIT, order };
  return [
    page,
    ...keys.flatMap((key) => [
      { ...page, after: key },
      { ...page, before: key },
    ]),
  ];
}

/** Near the oldest, in the middle, and near the newest. */
function keysOf(prefix: string, rows: number, before = 0): readonly string[] {
  return [RARE / 2, rows / 2, rows - RARE / 2].map((row) => id(prefix, before + row));
}
