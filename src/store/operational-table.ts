import type { Generated, Selectable } from "kysely";

export type OperationalEventTable = {
  readonly id: Generated<number>;
  readonly organization_id: string;
  readonly type: string;
  readonly facts: string;
  /** 0 while nobody has taken it. */
  readonly taken_until_ms: number;
};

export type OperationalEventRow = Omit<Selectable<OperationalEventTable>, "taken_until_ms">;
