import type { DatabaseSync } from "node:sqlite";
import type { Attempt } from "../../domain/records.ts";

// Where it was healthy, which is known without a write, nothing is written. A success that ended
// before the first failure proves nothing.
const CLEAR = `
  update endpoint set failing_since_ms = null, window_passed = 0, watched = 0,
    watch_at_ms = case when watched then ?1 end
  where id = ?2 and failing_since_ms <= ?1 and disabled = 0`;

// Of failures that meet, the first to be recorded is not always the first to have ended.
const FAIL = `
  update endpoint set failing_since_ms = min(coalesce(failing_since_ms, ?1), ?1),
    watch_at_ms = case
      when failing_since_ms is null or (window_passed and watch_at_ms is null) then ?1
      else watch_at_ms
    end
  where id = ?2 and disabled = 0 and (
    failing_since_ms is null or failing_since_ms > ?1 or (window_passed and watch_at_ms is null)
  )`;

const DISABLE = `
  update endpoint set disabled = 1, disabled_reason = 'gone', disabled_at_ms = ?1,
    failing_since_ms = coalesce(failing_since_ms, ?1), failed_attempts = null,
    watch_at_ms = ?1, watched = 0, window_passed = 0, updated_at_ms = max(?1, updated_at_ms + 1)
  where id = ?2 and disabled = 0`;

/** Keeps what an attempt says about its endpoint, inside the turn's transaction. */
export function prepareNoteHealth(
  db: DatabaseSync,
): (attempt: Attempt, endpointIsGone: boolean) => void {
  const clear = db.prepare(CLEAR);
  const fail = db.prepare(FAIL);
  const disable = db.prepare(DISABLE);

  return ({ endpointId, succeeded, trigger, endedAtMs }, endpointIsGone) => {
    if (succeeded) clear.run(endedAtMs, endpointId);
    else if (endpointIsGone) disable.run(endedAtMs, endpointId);
    else if (trigger === "scheduled") fail.run(endedAtMs, endpointId);
  };
}
