import type { ColumnType, Selectable } from "kysely";

/** SQLite answers 0 or 1, Postgres a boolean; both are given booleans. */
export type Flag = ColumnType<boolean | number, boolean, boolean>;

/** false in a row that is new. */
type SetLater = ColumnType<boolean | number, undefined, boolean>;

export type EndpointTable = {
  readonly id: string;
  readonly application_id: string;
  readonly uid: string | null;
  readonly url: string;
  readonly description: string;
  readonly disabled: Flag;
  readonly event_types: string | null;
  readonly channels: string | null;
  readonly throttle_rate: number | null;
  readonly version: number;
  readonly metadata: string;
  /** Sealed JSON: a map of names to values. */
  readonly headers: string;
  /** Sealed JSON: a list of EndpointSecret, the current one first. */
  readonly secrets: string;
  /** Sealed JSON: a RequestFormat; null is none. */
  readonly request_format: ColumnType<string | null, string | null | undefined, string | null>;
  /** null is its event types'. */
  readonly retry_schedule: ColumnType<string | null, string | null | undefined, string | null>;
  readonly failing_since_ms: number | null;
  readonly disabled_reason: string | null;
  readonly disabled_at_ms: number | null;
  readonly failed_attempts: number | null;
  /** When somebody has to see to it that it is watched; null: nobody has to. */
  readonly watch_at_ms: ColumnType<number | null, number | null | undefined, number | null>;
  /** Whether a workflow was started that watches it fail. */
  readonly watched: SetLater;
  /** The time in which it may fail has passed: the next failed attempt disables it. */
  readonly window_passed: SetLater;
  readonly ordered: Flag;
  /** When its line is to be formed or dissolved; null: it is as `ordered` says. */
  readonly line_at_ms: ColumnType<number | null, number | null | undefined, number | null>;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly deleted_at_ms: ColumnType<number | null, number | undefined, number>;
};

/** All but what is sealed, which is only read when it is asked for, and what only watches need. */
export const ENDPOINT_COLUMNS = [
  "endpoint.id",
  "endpoint.application_id",
  "endpoint.uid",
  "endpoint.url",
  "endpoint.description",
  "endpoint.disabled",
  "endpoint.event_types",
  "endpoint.channels",
  "endpoint.throttle_rate",
  "endpoint.ordered",
  "endpoint.version",
  "endpoint.metadata",
  "endpoint.failing_since_ms",
  "endpoint.disabled_reason",
  "endpoint.disabled_at_ms",
  "endpoint.failed_attempts",
  "endpoint.created_at_ms",
  "endpoint.updated_at_ms",
] as const;

type Column = (typeof ENDPOINT_COLUMNS)[number] extends `endpoint.${infer Name}` ? Name : never;
export type EndpointRow = Pick<Selectable<EndpointTable>, Column>;
