import type { EventType } from "../domain/records.ts";

export type Settings = Readonly<Record<string, unknown>>;

export type EnvironmentImport = {
  /** Are created, or replaced as a whole. */
  readonly eventTypes: readonly EventType[];
  /** Names of event types to archive, where they are there. */
  readonly archived: readonly string[];
  /** What becomes of those that are kept; what it throws goes to the caller. null leaves them. */
  readonly settings: ((kept: Settings | null) => Settings) | null;
};

/** What an organization has besides its customers, as a whole. */
export type Environments = {
  /** null if none were imported. */
  settings(organizationId: string): Promise<Settings | null>;
  /** All or nothing; of imports that meet, none loses what another sets. */
  import(organizationId: string, imported: EnvironmentImport, nowMs: number): Promise<void>;
};
