import { firstAttempt, type SubscribedColumns } from "../attempt-to-make.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { AcceptResult, NewMessage } from "../store.ts";

export type AcceptRow = {
  readonly position: number;
  readonly application_id: string | null;
  readonly application_throttle_rate: number | null;
  readonly archived: boolean;
  readonly retry_schedule: string | null;
  readonly inserted: boolean;
  readonly repeated: boolean;
  /** null where the endpoint is not ordered, or nobody stands in line. */
  readonly is_held: boolean | null;
} & (SubscribedColumns | { readonly endpoint_id: null });

/** Throws if a secret cannot be opened: for this message alone, not for those that came with it. */
export function toAcceptResult(
  message: NewMessage,
  rows: readonly AcceptRow[],
  sealed: SealedEndpoint,
): AcceptResult {
  const [first] = rows;
  if (first === undefined || first.application_id === null) return { kind: "unknown_application" };
  if (first.archived) return { kind: "event_type_archived" };
  if (first.repeated) return { kind: "repeated" };
  if (!first.inserted) return { kind: "event_id_taken" };

  const { application_id: id, application_throttle_rate: throttle_rate } = first;
  const attempts = rows.flatMap((row) =>
    row.endpoint_id === null || row.ordered
      ? []
      : [firstAttempt(message, { id, throttle_rate }, row, row.retry_schedule, sealed)],
  );
  const inLine = rows.flatMap((row) =>
    row.endpoint_id !== null && row.ordered
      ? [{ endpointId: row.endpoint_id, isHeld: row.is_held ?? false }]
      : [],
  );
  return { kind: "accepted", applicationId: id, attempts, inLine };
}
