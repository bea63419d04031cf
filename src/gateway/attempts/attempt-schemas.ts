import { z } from "zod";
import { ENDPOINT_OUT } from "../endpoints/endpoint-schemas.ts";
import { NAME } from "../input/fields.ts";
import { historyQuery } from "../input/history-query.ts";
import { FLAG, iterator, LIMIT, listOf } from "../input/listing.ts";
import { queryNumber } from "../input/query-number.ts";
import { ANY_STATUS, ANY_STATUS_TEXT, STATUS_CODE_CLASS } from "../input/status-filters.ts";
import { MESSAGE_OUT } from "../messages/message-schemas.ts";

const STATUS = z
  .literal([0, 1, 2, 3])
  .meta({ id: "MessageStatus", description: "0 success, 1 pending, 2 fail, 3 sending" });
const STATUS_TEXT = z
  .enum(["success", "pending", "fail", "sending"])
  .meta({ id: "MessageStatusText" });
const TRIGGER_TYPE = z
  .literal([0, 1])
  .meta({ id: "MessageAttemptTriggerType", description: "0 scheduled, 1 by hand" });

export const ATTEMPT_OUT = z
  .object({
    id: z.string(),
    msgId: z.string(),
    endpointId: z.string(),
    url: z.string(),
    status: STATUS,
    statusText: STATUS_TEXT,
    triggerType: TRIGGER_TYPE,
    responseStatusCode: z.int().describe("0 if there was no response"),
    response: z.string().describe("Its body; if there was none, why; EXPUNGED once it was deleted"),
    responseDurationMs: z.int(),
    timestamp: z.iso.datetime(),
    msg: MESSAGE_OUT.optional(),
  })
  .meta({ id: "MessageAttemptOut" });

/** Not in the enums: what is generated from them knows no fifth. */
const CANCELED = z.int().min(4).max(4).describe("canceled: only with expanded_statuses=true");
const CANCELED_TEXT = z.string().regex(/^canceled$/);

/** As clients know it that know the fifth, though an attempt that was made is never canceled. */
export const EXPANDED_ATTEMPT_OUT = ATTEMPT_OUT.extend({
  status: z
    .literal([0, 1, 2, 3, 4])
    .meta({ id: "ExpandedMessageStatus", description: "As MessageStatus, and 4 canceled" }),
  statusText: z
    .enum(["success", "pending", "fail", "sending", "canceled"])
    .meta({ id: "ExpandedMessageStatusText" }),
}).meta({ id: "TestAttemptOut" });

const DELIVERY = {
  status: z.union([STATUS, CANCELED]),
  statusText: z.union([STATUS_TEXT, CANCELED_TEXT]),
  nextAttempt: z.iso.datetime().nullable().describe("null: no other is due"),
};

export const MESSAGE_ENDPOINT_OUT = ENDPOINT_OUT.omit({ metadata: true })
  .extend(DELIVERY)
  .meta({ id: "MessageEndpointOut" });

const ENDPOINT_MESSAGE_OUT = MESSAGE_OUT.extend(DELIVERY).meta({ id: "EndpointMessageOut" });

export const ATTEMPT_LIST_OUT = listOf(ATTEMPT_OUT, "MessageAttemptOut");

export const MESSAGE_ENDPOINT_LIST_OUT = listOf(MESSAGE_ENDPOINT_OUT, "MessageEndpointOut");

export const ENDPOINT_MESSAGE_LIST_OUT = listOf(ENDPOINT_MESSAGE_OUT, "EndpointMessageOut");

const STATUS_FILTER = queryNumber(ANY_STATUS).optional().describe(ANY_STATUS_TEXT);

const EXPANDED_STATUSES = FLAG.default(false).describe(
  "true tells what was canceled (4) from what failed (2)",
);

const FIELDS = {
  ...historyQuery("atmpt").shape,
  status: STATUS_FILTER,
  status_code_class: queryNumber(STATUS_CODE_CLASS)
    .optional()
    .describe("Only responses of this hundred; 0: none"),
  with_msg: FLAG.default(false).describe("true answers each attempt's message, too"),
  expanded_statuses: EXPANDED_STATUSES,
};

export const ATTEMPTS_BY_ENDPOINT_QUERY = z.object(FIELDS);

export const ATTEMPTS_BY_MESSAGE_QUERY = z.object({
  ...FIELDS,
  endpoint_id: NAME.optional().describe("Only those at this endpoint"),
});

export const ENDPOINT_MESSAGES_QUERY = historyQuery("msg").extend({
  status: STATUS_FILTER,
  expanded_statuses: EXPANDED_STATUSES,
});

export const DESTINATIONS_QUERY = z.object({
  limit: LIMIT,
  iterator: iterator("ep").optional(),
  expanded_statuses: EXPANDED_STATUSES,
});

export const ATTEMPT_HEADERS_OUT = z
  .object({
    sentHeaders: z.record(z.string(), z.string()),
    responseHeaders: z
      .array(z.array(z.string()).length(2).readonly())
      .readonly()
      .describe("Names and values as they came; empty if there was no response, or no more"),
    sensitive: z
      .array(z.string())
      .describe("Names of those, sent or received, whose values are not shown"),
  })
  .meta({ id: "MessageAttemptHeadersOut" });
