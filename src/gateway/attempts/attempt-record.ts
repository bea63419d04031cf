import type { z } from "zod";
import type { Attempt, Delivery } from "../../domain/records.ts";
import type { Destination } from "../../store/catalogue-deliveries.ts";
import type { AttemptQuery, AttemptWithMessage } from "../../store/catalogue.ts";
import { endpointOut } from "../endpoints/endpoint-record.ts";
import { historyPage } from "../input/history-query.ts";
import { messageOut, type MessageOut } from "../messages/message-record.ts";
import type {
  ATTEMPT_OUT,
  ATTEMPTS_BY_ENDPOINT_QUERY,
  MESSAGE_ENDPOINT_OUT,
} from "./attempt-schemas.ts";

type AttemptsQuery = z.output<typeof ATTEMPTS_BY_ENDPOINT_QUERY>;
type StatusQuery = { readonly expanded_statuses: boolean };
type AttemptOut = Omit<z.output<typeof ATTEMPT_OUT>, "msg"> & { readonly msg?: MessageOut };

const SUCCESS = { status: 0, statusText: "success" } as const;
const PENDING = { status: 1, statusText: "pending" } as const;
const FAIL = { status: 2, statusText: "fail" } as const;
const SENDING = { status: 3, statusText: "sending" } as const;
const CANCELED = { status: 4, statusText: "canceled" } as const;

/** undefined where no attempt can be of the status that is asked for: an attempt has ended. */
export function attemptQuery(query: AttemptsQuery): AttemptQuery | undefined {
  const { status, status_code_class: statusCodeClass } = query;
  const isAnswerable = status === undefined || status === SUCCESS.status || status === FAIL.status;
  if (!isAnswerable) return undefined;
  return {
    ...historyPage("atmpt", query),
    ...(status === undefined ? {} : { succeeded: status === SUCCESS.status }),
    ...(statusCodeClass === undefined ? {} : { statusCodeClass }),
    withResponse: query.with_content,
    withMessage: query.with_msg,
  };
}

export function attemptOut(
  { attempt, message }: AttemptWithMessage,
  withContent: boolean,
): AttemptOut {
  return {
    id: attempt.id,
    msgId: attempt.messageId,
    endpointId: attempt.endpointId,
    url: attempt.url,
    ...(attempt.succeeded ? SUCCESS : FAIL),
    triggerType: attempt.trigger === "scheduled" ? 0 : 1,
    responseStatusCode: attempt.statusCode,
    response: withContent ? responseOut(attempt) : "",
    responseDurationMs: Math.round(attempt.durationMs),
    timestamp: new Date(attempt.endedAtMs).toISOString(),
    ...(message === null ? {} : { msg: messageOut(message, withContent) }),
  };
}

/** How a message fares at one of its endpoints. */
export function destinationOut(
  { endpoint, delivery }: Destination,
  query: StatusQuery,
): z.output<typeof MESSAGE_ENDPOINT_OUT> {
  const { metadata: _, ...shown } = endpointOut(endpoint);
  return { ...shown, ...deliveryOut(delivery, query) };
}

export function deliveryOut(delivery: Delivery, query: StatusQuery) {
  const { nextAttemptAtMs } = delivery;
  const nextAttempt = nextAttemptAtMs === null ? null : new Date(nextAttemptAtMs).toISOString();
  return { ...deliveryStatus(delivery, query), nextAttempt };
}

/** Older clients know four statuses, and take a fifth for a mistake. */
function deliveryStatus({ state, attemptsMade }: Delivery, query: StatusQuery) {
  if (state === "succeeded") return SUCCESS;
  if (state === "canceled" && query.expanded_statuses) return CANCELED;
  if (state !== "pending") return FAIL;
  return attemptsMade === 0 ? PENDING : SENDING;
}

function responseOut({ response, reason }: Attempt): string {
  return response === "" && reason !== null ? reason : response;
}
