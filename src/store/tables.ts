import type { ColumnType, Selectable } from "kysely";
import type { ApiKeySecretTable, ApiKeyTable } from "./api-key-tables.ts";
import type { OperationalEventTable } from "./operational-table.ts";
import type { PlayTables } from "./play-tables.ts";
import type { EndpointTable, Flag } from "./endpoint-table.ts";
import type { OrganizationSettingsTable } from "./organization-table.ts";

/** The tables as both databases have them. JSON columns are read and written as text. */
export type Tables = PlayTables & {
  readonly application: ApplicationTable;
  readonly endpoint: EndpointTable;
  readonly event_type: EventTypeTable;
  readonly environment_settings: EnvironmentSettingsTable;
  readonly organization_settings: OrganizationSettingsTable;
  readonly message: MessageTable;
  readonly delivery: DeliveryTable;
  readonly attempt: AttemptTable;
  readonly message_label: MessageLabelTable;
  readonly delivery_label: DeliveryLabelTable;
  readonly attempt_label: AttemptLabelTable;
  readonly idempotent_call: IdempotentCallTable;
  readonly background_task: BackgroundTaskTable;
  readonly token_revocation: TokenRevocationTable;
  readonly one_time_token: OneTimeTokenTable;
  readonly throttle: ThrottleTable;
  readonly api_key: ApiKeyTable;
  readonly api_key_secret: ApiKeySecretTable;
  readonly operational_event: OperationalEventTable;
};

type ApplicationTable = {
  readonly id: string;
  readonly organization_id: string;
  readonly kind: ColumnType<string, string | undefined, never>;
  /** Of a sandbox: the application that it belongs to. */
  readonly sandbox_of: ColumnType<string | null, string | undefined, never>;
  readonly uid: string | null;
  readonly name: string;
  readonly throttle_rate: number | null;
  readonly metadata: string;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly deleted_at_ms: ColumnType<number | null, number | undefined, number>;
};

type EventTypeTable = {
  readonly organization_id: string;
  readonly name: string;
  readonly id: string;
  readonly description: string;
  readonly archived: Flag;
  readonly deprecated: Flag;
  readonly schemas: string | null;
  readonly feature_flags: string | null;
  readonly group_name: string | null;
  readonly retry_schedule: string | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
};

type EnvironmentSettingsTable = {
  readonly organization_id: string;
  readonly settings: string;
};

type MessageTable = {
  readonly id: string;
  readonly application_id: string;
  readonly event_type: string;
  readonly event_id: string | null;
  readonly channels: string | null;
  readonly tags: string | null;
  /** null once it was expunged. */
  readonly payload: Uint8Array | null;
  readonly content_type: string | null;
  /** null once it was expunged, or if it is kept for ever. */
  readonly payload_expires_at_ms: number | null;
  readonly deliver_at_ms: number | null;
  /** null: all that were subscribed; else "nobody", or one endpoint's id. */
  readonly recipients: string | null;
};

type DeliveryTable = {
  readonly message_id: string;
  readonly endpoint_id: string;
  readonly application_id: string;
  readonly event_type: string;
  readonly state: string;
  readonly attempts_made: number;
  readonly next_attempt_at_ms: number | null;
  readonly lease_holder: string | null;
  /** 0 when nobody holds it. */
  readonly lease_until_ms: number;
  /** When the sweep takes it up; null once it has ended. */
  readonly sweep_at_ms: number | null;
  readonly workflow_id: string | null;
  /** Attempts that were made before its schedule began, and when that began anew. */
  readonly schedule_from: ColumnType<number, number | undefined, number>;
  readonly reopened_at_ms: ColumnType<number, number | undefined, number>;
  /** In its ordered endpoint's line; null: it is in none. */
  readonly place: ColumnType<number | null, number | null | undefined, number | null>;
};

type AttemptTable = {
  readonly id: string;
  readonly message_id: string;
  readonly endpoint_id: string;
  readonly application_id: string;
  readonly event_type: string;
  readonly number: number;
  readonly trigger: string;
  readonly url: string;
  readonly succeeded: Flag;
  readonly status_code: number;
  readonly reason: string | null;
  readonly response: string;
  readonly duration_ms: number;
  readonly ended_at_ms: number;
  readonly sent_headers: string | null;
  readonly response_headers: string | null;
};

/** A message's channels and tags, by those who list them: see labels.ts. */
type MessageLabelTable = {
  readonly application_id: string;
  readonly label: string;
  readonly message_id: string;
};

type DeliveryLabelTable = {
  readonly endpoint_id: string;
  readonly label: string;
  readonly message_id: string;
};

type AttemptLabelTable = {
  readonly endpoint_id: string;
  readonly label: string;
  readonly attempt_id: string;
  readonly message_id: string;
};

type IdempotentCallTable = {
  readonly key: string;
  readonly begun_at_ms: number;
  /** null while it is under way. */
  readonly status: number | null;
  readonly body: string | null;
  /** Of a message that was sent: its answer is made from it. */
  readonly message_id: string | null;
};

type BackgroundTaskTable = {
  readonly id: string;
  readonly organization_id: string;
  readonly application_id: string | null;
  readonly endpoint_id: string | null;
  readonly type: string;
  readonly status: string;
  readonly input: string;
  readonly progress: string;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
};

type TokenRevocationTable = {
  readonly application_id: string;
  readonly subject: string;
  readonly issued_until_ms: number;
  readonly effective_at_ms: number;
  readonly forget_at_ms: number | null;
};

type OneTimeTokenTable = {
  readonly hash: string;
  readonly claims: string;
  readonly expires_at_ms: number;
  readonly used_at_ms: ColumnType<number | null, never, number>;
};

/** Of an endpoint or an application, by its id. */
type ThrottleTable = {
  readonly key: string;
  readonly tat_ms: number;
  readonly waiting_since_ms: number;
  readonly waiting_until_ms: number;
};

export type ApplicationRow = Omit<Selectable<ApplicationTable>, "kind" | "sandbox_of">;
export type EventTypeRow = Selectable<EventTypeTable>;
export type MessageRow = Omit<
  Selectable<MessageTable>,
  "content_type" | "payload_expires_at_ms" | "recipients"
>;
export type DeliveryRow = Selectable<DeliveryTable>;
export type AttemptRow = Omit<
  Selectable<AttemptTable>,
  "event_type" | "sent_headers" | "response_headers"
>;
export type BackgroundTaskRow = Selectable<BackgroundTaskTable>;
