import type {
  Attempt,
  Delivery,
  Endpoint,
  EndpointHeaders,
  EndpointSecret,
  EventType,
  Message,
} from "../domain/records.ts";
import type { RequestFormat } from "../domain/request-format.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { Change, WriteResult } from "./catalogue-change.ts";
import type { Applications } from "./catalogue-applications.ts";
import type { ApiKeys } from "./catalogue-api-keys.ts";
import type { IdempotentCalls } from "./catalogue-idempotency.ts";
import type { Throttling } from "./catalogue-throttling.ts";
import type { Tokens } from "./catalogue-tokens.ts";
import type { Environments } from "./catalogue-environments.ts";
import type { Organizations } from "./catalogue-organizations.ts";
import type { Expiry } from "./catalogue-expiry.ts";
import type { Subscriptions } from "./catalogue-subscriptions.ts";
import type { FindAttemptHeaders } from "./catalogue-attempt-headers.ts";
import type { Deliveries } from "./catalogue-deliveries.ts";
import type {
  EndpointSchedules,
  ScheduledEventType,
  ScheduledQuery,
} from "./catalogue-schedules.ts";
import type { AttemptCounts, Statistics } from "./catalogue-statistics.ts";
import type { BackgroundTasks, Replays } from "./catalogue-tasks.ts";
import type { RequestFormats } from "./catalogue-request-formats.ts";
import type { LinesToSee } from "./catalogue-lines.ts";
import type { Watches } from "./catalogue-watches.ts";
import type { OperationalEvents } from "./catalogue-operational.ts";
import type { Page, PageQuery, TimeRange } from "./catalogue-page.ts";
import type { PortalReads } from "./catalogue-portal.ts";
import type { DeliveryStatus } from "./delivery-status.ts";

export type { Applications } from "./catalogue-applications.ts";
export type { Change, WriteResult } from "./catalogue-change.ts";
export type { AttemptCounts } from "./catalogue-statistics.ts";
export type { DeliveryStatus } from "./delivery-status.ts";
export type { Page, PageQuery, TimeRange } from "./catalogue-page.ts";

/** What is not hot: the nouns as people create, change and list them, for both databases at once. */
export type Catalogue = PortalReads & {
  readonly applications: Applications;
  readonly endpoints: Endpoints;
  readonly endpointSchedules: EndpointSchedules;
  readonly requestFormats: RequestFormats;
  readonly eventTypes: EventTypes;
  readonly environments: Environments;
  readonly organizations: Organizations;
  readonly messages: Messages;
  readonly attempts: Attempts;
  readonly attemptHeaders: FindAttemptHeaders;
  readonly deliveries: Deliveries;
  readonly statistics: Statistics;
  readonly idempotentCalls: IdempotentCalls;
  readonly throttling: Throttling;
  readonly tokens: Tokens;
  readonly apiKeys: ApiKeys;
  readonly expiry: Expiry;
  readonly subscriptions: Subscriptions;
  readonly backgroundTasks: BackgroundTasks;
  readonly replays: Replays;
  readonly watches: Watches;
  readonly operationalEvents: OperationalEvents;
  readonly lines: LinesToSee;
};

export type NewEndpoint = Endpoint & {
  readonly headers: EndpointHeaders;
  readonly secrets: readonly EndpointSecret[];
  /** Without one, the payload is sent as it is. */
  readonly requestFormat?: RequestFormat;
  /** Without one, it has none of its own. */
  readonly retrySchedule?: RetrySchedule;
};

export type Endpoints = {
  create(endpoint: NewEndpoint): Promise<WriteResult<Endpoint>>;
  /** undefined if there is none. */
  change(id: string, change: Change<Endpoint>): Promise<WriteResult<Endpoint> | undefined>;
  find(applicationId: string, idOrUid: string): Promise<Endpoint | undefined>;
  remove(id: string, nowMs: number): Promise<void>;
  list(applicationId: string, page: PageQuery): Promise<Page<Endpoint>>;
  headers(id: string): Promise<EndpointHeaders>;
  changeHeaders(id: string, change: Change<EndpointHeaders>, nowMs: number): Promise<void>;
  /** The current secret first. */
  secrets(id: string): Promise<readonly EndpointSecret[]>;
  /** Rejects if the sealer lacks the key of the first or the last endpoint's secrets. */
  checkSecrets(): Promise<void>;
  changeSecrets(
    id: string,
    change: Change<readonly EndpointSecret[]>,
    nowMs: number,
  ): Promise<void>;
};

export type EventTypes = {
  /**
   * Creates, or revives one that was archived; "uid_taken" if a live one has the name. One that
   * comes back without a retry schedule keeps its own.
   */
  create(eventType: EventType): Promise<WriteResult<EventType>>;
  /** undefined if there is none. */
  change(
    organizationId: string,
    name: string,
    change: Change<EventType>,
  ): Promise<EventType | undefined>;
  find(organizationId: string, name: string): Promise<EventType | undefined>;
  /** Those of `names` that exist, are not archived, and have one of the flags or none; null: any. */
  known(
    organizationId: string,
    names: readonly string[],
    featureFlags: readonly string[] | null,
  ): Promise<ReadonlySet<string>>;
  remove(organizationId: string, name: string): Promise<void>;
  list(organizationId: string, page: EventTypeQuery): Promise<Page<EventType>>;
  /** Those that have a retry schedule of their own, by name. */
  scheduled(organizationId: string, asked: ScheduledQuery): Promise<readonly ScheduledEventType[]>;
};

export type EventTypeQuery = PageQuery & {
  readonly includeArchived: boolean;
  /** Leaves out those whose flags are all others; without, none. */
  readonly featureFlags?: readonly string[] | null;
};

export type Messages = {
  /** By id or eventId. */
  find(
    applicationId: string,
    idOrEventId: string,
    withPayload: boolean,
  ): Promise<Message | undefined>;
  list(applicationId: string, query: MessageQuery): Promise<Page<Message>>;
  /** Forgets its payload. A delivery that is still pending ends when its attempt is claimed. */
  expunge(messageId: string): Promise<void>;
  /** The same for several, by id or eventId. Answers those of the names that it has. */
  expungeMany(applicationId: string, names: readonly string[]): Promise<ReadonlySet<string>>;
  listByEndpoint(endpointId: string, query: EndpointMessageQuery): Promise<Page<MessageDelivery>>;
  /** Its deliveries, by endpoint id. */
  deliveries(messageId: string): Promise<readonly Delivery[]>;
};

export type MessageQuery = PageQuery &
  TimeRange & {
    readonly channel?: string;
    readonly tag?: string;
    readonly eventTypes?: readonly string[];
    readonly withPayload: boolean;
  };

export type EndpointMessageQuery = MessageQuery & {
  /** Any of these; without them, all. */
  readonly statuses?: readonly DeliveryStatus[];
};

export type MessageDelivery = { readonly message: Message; readonly delivery: Delivery };

export type Attempts = {
  find(messageId: string, attemptId: string): Promise<AttemptWithMessage | undefined>;
  /** Forgets the answer: its body is "EXPUNGED" from now on. Answers whether there is such an attempt. */
  expunge(messageId: string, attemptId: string): Promise<boolean>;
  count(endpointId: string, range: TimeRange): Promise<AttemptCounts>;
  listByEndpoint(endpointId: string, query: AttemptQuery): Promise<Page<AttemptWithMessage>>;
  listByMessage(messageId: string, query: AttemptQuery): Promise<Page<AttemptWithMessage>>;
};

export type AttemptQuery = PageQuery &
  TimeRange & {
    readonly succeeded?: boolean;
    /** 0 (no answer), 100, 200, … 500. */
    readonly statusCodeClass?: number;
    readonly channel?: string;
    readonly tag?: string;
    readonly eventTypes?: readonly string[];
    readonly endpointId?: string;
    /** The answers' bodies are left out ("") unless asked for. */
    readonly withResponse: boolean;
    readonly withMessage: boolean;
  };

/** `message` is there where it was asked for. */
export type AttemptWithMessage = { readonly attempt: Attempt; readonly message: Message | null };
