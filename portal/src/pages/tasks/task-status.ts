import type { BackgroundTaskStatus } from "../../api/schema.d.ts";

const STATUSES: readonly BackgroundTaskStatus[] = ["running", "finished", "failed"];

/** Which tasks are shown, as it stands in the URL; nothing: all. */
export function readTaskStatus({ status }: Readonly<Record<string, unknown>>): {
  readonly status?: BackgroundTaskStatus;
} {
  const known = STATUSES.find((one) => one === status);
  return known === undefined ? {} : { status: known };
}
