import { z } from "zod";
import { ENDPOINT_OUT } from "./endpoint-schemas.ts";
import { NAME } from "./fields.ts";
import { historyQuery } from "./history-query.ts";
import { FLAG, iterator, LIMIT, listOf } from "./listing.ts";
import { MESSAGE_OUT } from "./message-schemas.ts";

export const STATUS = z
  .literal([0, 1, 2, 3])
  .meta({ id: "MessageStatus", description: "0 success, 1 pending, 2 fail, 3 sending" });
export const STATUS_TEXT = z
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

const DELIVERY = {
  status: STATUS,
  statusText: STATUS_TEXT,
  nextAttempt: z.iso.datetime().nullable().describe("null: no other is due"),
};

export const MESSAGE_ENDPOINT_OUT = ENDPOINT_OUT.omit({ metadata: true })
  .extend(DELIVERY)
  .meta({ id: "MessageEndpointOut" });

const ENDPOINT_MESSAGE_OUT = MESSAGE_OUT.extend(DELIVERY).meta({ id: "EndpointMessageOut" });

export const ATTEMPT_LIST_OUT = listOf(ATTEMPT_OUT, "MessageAttemptOut");

export const MESSAGE_ENDPOINT_LIST_OUT = listOf(MESSAGE_ENDPOINT_OUT, "MessageEndpointOut");

export const ENDPOINT_MESSAGE_LIST_OUT = listOf(ENDPOINT_MESSAGE_OUT, "EndpointMessageOut");

/** 4, canceled, is known to newer clients. */
const STATUS_FILTER = z.coerce
  .number()
  .pipe(z.literal([0, 1, 2, 3, 4]))
  .optional()
  .describe("0 success, 1 pending, 2 fail, 3 sending, 4 canceled");

const FIELDS = {
  ...historyQuery("atmpt").shape,
  status: STATUS_FILTER,
  status_code_class: z.coerce
    .number()
    .pipe(z.literal([0, 100, 200, 300, 400, 500]))
    .optional()
    .describe("Only responses of this hundred; 0: none"),
  with_msg: FLAG.default(false).describe("true answers each attempt's message, too"),
};

export const ATTEMPTS_BY_ENDPOINT_QUERY = z.object(FIELDS);

export const ATTEMPTS_BY_MESSAGE_QUERY = z.object({
  ...FIELDS,
  endpoint_id: NAME.optional().describe("Only those at this endpoint"),
});

export const ENDPOINT_MESSAGES_QUERY = historyQuery("msg").extend({ status: STATUS_FILTER });

export const DESTINATIONS_QUERY = z.object({ limit: LIMIT, iterator: iterator("ep").optional() });
