import type { ColumnType, Selectable } from "kysely";

export type ApiKeyTable = {
  readonly id: string;
  readonly organization_id: string;
  readonly application_id: string | null;
  readonly mode: string;
  readonly name: string;
  readonly scopes: string;
  readonly last_four: string;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly last_used_at_ms: number | null;
  readonly expires_at_ms: number | null;
  readonly revoked_at_ms: ColumnType<number | null, undefined, number>;
};

export type ApiKeySecretTable = {
  readonly hash: string;
  readonly key_id: string;
  readonly ends_at_ms: number | null;
};

export type ApiKeyRow = Selectable<ApiKeyTable>;
