import { lowestIdAt } from "../../domain/ids.ts";
import type { Changes, VersionedRow } from "../../store/catalogue-changes.ts";
import type { Look } from "./watch.ts";

/** A hint that something is new: pages ask for the rest. Without an id: several are. */
export type ApplicationChange = {
  readonly kind: "message" | "attempt" | "endpoint" | "task";
  readonly endpointId?: string;
  readonly messageId?: string;
  readonly taskId?: string;
};

/** What there was at the last look, so far as it can be in the next one. */
type Seen = {
  readonly atMs: number;
  readonly messages: ReadonlySet<string>;
  readonly attempts: ReadonlySet<string>;
  readonly endpoints: ReadonlyMap<string, string>;
  readonly tasks: ReadonlyMap<string, string>;
};

/**
 * Rows become visible in another order than that of their ids: what was made in the last seconds before the look
 * before, which may be long ago if the store was away, is looked at again, and what was there is left out.
 */
const LOOK_BACK_MS = 10_000;
/** Of each kind in one look: beyond, a hint says that there are several. */
const ROWS_MAX = 50;
const ENDPOINTS_MAX = 250;
const TASKS_MAX = 20;

export function createApplicationLook(changes: Changes): Look<Seen, ApplicationChange> {
  return async (applicationId, before) => {
    const atMs = Date.now();
    const fromMs = (before?.atMs ?? atMs) - LOOK_BACK_MS;
    const idFrom = lowestIdAt("msg", fromMs);
    const messages = await changes.messages(applicationId, idFrom, ROWS_MAX);
    const attempts = await changes.attempts(applicationId, fromMs, ROWS_MAX);
    const endpoints = await changes.endpoints(applicationId, ENDPOINTS_MAX);
    const tasks = await changes.tasks(applicationId, TASKS_MAX);
    const seen: Seen = {
      atMs,
      messages: new Set(messages),
      attempts: new Set(attempts.map(({ id }) => id)),
      endpoints: versionsOf(endpoints),
      tasks: versionsOf(tasks),
    };
    if (before === undefined) return { seen, events: [] };

    const newMessages = messages.filter((id) => !before.messages.has(id));
    const newAttempts = attempts.filter(({ id }) => !before.attempts.has(id));
    const events: readonly ApplicationChange[] = [
      ...orSeveral(
        "message",
        newMessages.map((messageId) => ({ kind: "message", messageId })),
      ),
      ...orSeveral(
        "attempt",
        newAttempts.map(({ messageId, endpointId }) => ({
          kind: "attempt",
          messageId,
          endpointId,
        })),
      ),
      ...changed(before.endpoints, seen.endpoints).map(
        (endpointId) => ({ kind: "endpoint", endpointId }) as const,
      ),
      ...tasks
        .filter(({ id, version }) => before.tasks.get(id) !== version)
        .map(({ id, endpointId }) => ({ kind: "task", taskId: id, endpointId }) as const),
    ];
    return { seen, events };
  };
}

function versionsOf(rows: readonly VersionedRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** New, otherwise than they were, or gone. */
function changed(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  return [...ids].filter((id) => before.get(id) !== now.get(id));
}

/** Where a look is full there may be more than it has found. */
function orSeveral(
  kind: ApplicationChange["kind"],
  found: readonly ApplicationChange[],
): readonly ApplicationChange[] {
  return found.length < ROWS_MAX ? found.toReversed() : [{ kind }];
}
