import type { TaskStatus } from "../domain/background-task.ts";

/** What is new in an application, for whoever looks again and again: each read is one short scan. */
export type Changes = {
  /** The newest with an id from `idFrom` on. */
  messages(applicationId: string, idFrom: string, rowsMax: number): Promise<readonly string[]>;
  /** The newest that ended at `fromMs` (Unix) or later. */
  attempts(applicationId: string, fromMs: number, rowsMax: number): Promise<readonly NewAttempt[]>;
  /** The application's newest endpoints, as far as they change. */
  endpoints(applicationId: string, rowsMax: number): Promise<readonly VersionedRow[]>;
  /** Its newest recoveries and replays. */
  tasks(applicationId: string, rowsMax: number): Promise<readonly VersionedTask[]>;
};

export type NewAttempt = {
  readonly id: string;
  readonly messageId: string;
  readonly endpointId: string;
};

/** Whatever changes in what people see of it changes its version. */
export type VersionedRow = { readonly id: string; readonly version: string };

export type VersionedTask = VersionedRow & {
  readonly endpointId: string;
  readonly status: TaskStatus;
};
