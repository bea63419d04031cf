import { z } from "zod";
import { ENDPOINT_OUT } from "./endpoint-schemas.ts";
import { NAME } from "./fields.ts";
import { historyQuery } from "./history-query.ts";
import { FLAG, iterator, LIMIT, listOf } from "./listing.ts";
import { MESSAGE_OUT } from "./message-schemas.ts";

/** 0 success, 1 pending, 2 fail, 3 sending. */
export const STATUS = z.literal([0, 1, 2, 3]).meta({ id: "MessageStatus" });
export const STATUS_TEXT = z
  .enum(["success", "pending", "fail", "sending"])
  .meta({ id: "MessageStatusText" });
const TRIGGER_TYPE = z.literal([0, 1]).meta({ id: "MessageAttemptTriggerType" });

export const ATTEMPT_OUT = z
  .object({
    id: z.string(),
    msgId: z.string(),
    endpointId: z.string(),
    url: z.string(),
    status: STATUS,
    statusText: STATUS_TEXT,
    triggerType: TRIGGER_TYPE,
    responseStatusCode: z.int(),
    response: z.string(),
    responseDurationMs: z.int(),
    timestamp: z.iso.datetime(),
    msg: MESSAGE_OUT.optional(),
  })
  .meta({ id: "MessageAttemptOut" });

export const MESSAGE_ENDPOINT_OUT = ENDPOINT_OUT.omit({ metadata: true })
  .extend({
    status: STATUS,
    statusText: STATUS_TEXT,
    nextAttempt: z.iso.datetime().nullable(),
  })
  .meta({ id: "MessageEndpointOut" });

export const ATTEMPT_LIST_OUT = listOf(ATTEMPT_OUT, "MessageAttemptOut");

export const MESSAGE_ENDPOINT_LIST_OUT = listOf(MESSAGE_ENDPOINT_OUT, "MessageEndpointOut");

const FIELDS = {
  ...historyQuery("atmpt").shape,
  /** 4, canceled, is known to newer clients. */
  status: z.coerce
    .number()
    .pipe(z.literal([0, 1, 2, 3, 4]))
    .optional(),
  status_code_class: z.coerce
    .number()
    .pipe(z.literal([0, 100, 200, 300, 400, 500]))
    .optional(),
  with_msg: FLAG.default(false),
};

export const ATTEMPTS_BY_ENDPOINT_QUERY = z.object(FIELDS);

export const ATTEMPTS_BY_MESSAGE_QUERY = z.object({ ...FIELDS, endpoint_id: NAME.optional() });

export const DESTINATIONS_QUERY = z.object({ limit: LIMIT, iterator: iterator("ep").optional() });
