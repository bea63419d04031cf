import type { Catalogue } from "../catalogue.ts";
import { createApiKeys } from "./api-keys.ts";
import { createApplications } from "./applications.ts";
import { createFindAttemptHeaders } from "./attempt-headers.ts";
import { createAttempts } from "./attempts.ts";
import { createBackgroundTasks } from "./background-tasks.ts";
import type { CatalogueOptions } from "./catalogue-database.ts";
import { createDeliveries } from "./deliveries.ts";
import { createEndpointSchedules } from "./endpoint-schedules.ts";
import { createEndpoints } from "./endpoints.ts";
import { createEnvironments } from "./environments.ts";
import { createEventTypes } from "./event-types.ts";
import { createExpiry } from "./expiry.ts";
import { createIdempotentCalls } from "./idempotent-calls.ts";
import { createLines } from "./lines.ts";
import { createMessages } from "./messages.ts";
import { createOrganizations } from "./organizations.ts";
import { createPortalReads } from "./portal-reads.ts";
import { createOperationalEvents } from "./operational-events.ts";
import { createReplays } from "./replays.ts";
import { createRequestFormats } from "./request-formats.ts";
import { createStatistics } from "./statistics.ts";
import { createThrottling } from "./throttling.ts";
import { createTokens } from "./tokens.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createWatches } from "./watches.ts";

/** The catalogue over whichever database `db` is. */
export function createCatalogue({ db, sealed }: CatalogueOptions): Catalogue {
  return {
    ...createPortalReads({ db, sealed }),
    applications: createApplications(db),
    endpoints: createEndpoints(db.kysely, sealed),
    endpointSchedules: createEndpointSchedules(db.kysely),
    requestFormats: createRequestFormats(db.kysely, sealed),
    eventTypes: createEventTypes(db),
    environments: createEnvironments(db),
    organizations: createOrganizations(db.kysely),
    messages: createMessages(db),
    attempts: createAttempts(db),
    attemptHeaders: createFindAttemptHeaders(db),
    deliveries: createDeliveries(db),
    statistics: createStatistics(db),
    idempotentCalls: createIdempotentCalls(db.kysely, sealed),
    throttling: createThrottling(db),
    tokens: createTokens(db),
    apiKeys: createApiKeys(db),
    expiry: createExpiry(db),
    subscriptions: createSubscriptions(db),
    backgroundTasks: createBackgroundTasks(db),
    replays: createReplays(db),
    watches: createWatches(db),
    operationalEvents: createOperationalEvents(db),
    lines: createLines(db),
  };
}
