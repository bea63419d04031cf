import type { Attempt } from "../../domain/records.ts";

/**
 * Common table expressions that keep what attempts say about their endpoints, from four parameters
 * of which `first` is the number of the first. An endpoint that stays healthy is read, not written
 * nor locked. Of failures that meet, the first to be recorded is not always the first to have ended.
 */
export function noteHealth(first: number): string {
  const parameters = ["text", "bigint", "bigint", "bigint"].map(
    (type, i) => `$${first + i}::${type}[]`,
  );
  return `
  touched as materialized (
    select said.*, endpoint.failing_since_ms <= said.succeeded_at_ms is true as cleared,
      endpoint.failing_since_ms is null or endpoint.window_passed and endpoint.watch_at_ms is null
        as is_news
    from unnest(${parameters.join(", ")})
      as said (endpoint_id, succeeded_at_ms, failed_at_ms, gone_at_ms)
    join endpoint on endpoint.id = said.endpoint_id
    where not endpoint.disabled and (
      endpoint.failing_since_ms <= said.succeeded_at_ms
      or said.gone_at_ms is not null
      or said.failed_at_ms is not null and (
        endpoint.failing_since_ms is null
        or endpoint.failing_since_ms > said.failed_at_ms
        or endpoint.window_passed and endpoint.watch_at_ms is null
      )
    )
    order by endpoint.id
    for update of endpoint
  ),
  noted as (
    update endpoint set
      failing_since_ms = case
        when touched.cleared then touched.failed_at_ms
        else least(
          endpoint.failing_since_ms, coalesce(touched.failed_at_ms, touched.gone_at_ms)
        )
      end,
      watch_at_ms = case
        when touched.gone_at_ms is not null then touched.gone_at_ms
        when touched.is_news or touched.cleared and touched.failed_at_ms is not null
          then touched.failed_at_ms
        when not touched.cleared then endpoint.watch_at_ms
        when endpoint.watched then touched.succeeded_at_ms
      end,
      watched = endpoint.watched and not touched.cleared and touched.gone_at_ms is null,
      window_passed = endpoint.window_passed and not touched.cleared
        and touched.gone_at_ms is null,
      disabled = touched.gone_at_ms is not null,
      disabled_reason = case when touched.gone_at_ms is not null then 'gone' end,
      disabled_at_ms = touched.gone_at_ms,
      updated_at_ms = case
        when touched.gone_at_ms is null then endpoint.updated_at_ms
        else greatest(touched.gone_at_ms, endpoint.updated_at_ms + 1)
      end
    from touched
    where endpoint.id = touched.endpoint_id
  )`;
}

export type Outcome = { readonly attempt: Attempt; readonly endpointIsGone: boolean };

/** A line for each endpoint, as noteHealth takes them. */
export function healthValues(outcomes: readonly Outcome[]): readonly unknown[] {
  const said = new Map<string, Said>();
  // In the order in which they ended, so that a failure before the group's last success is forgotten.
  const inOrder = [...outcomes].sort((a, b) => a.attempt.endedAtMs - b.attempt.endedAtMs);
  for (const outcome of inOrder) {
    const { endpointId } = outcome.attempt;
    said.set(endpointId, withOutcome(said.get(endpointId) ?? NOTHING, outcome));
  }
  const lines = [...said.values()];
  return [
    [...said.keys()],
    lines.map(({ succeededAtMs }) => succeededAtMs),
    lines.map(({ failedAtMs }) => failedAtMs),
    lines.map(({ goneAtMs }) => goneAtMs),
  ];
}

type Said = {
  readonly succeededAtMs: number | null;
  /** The first scheduled attempt that failed after that. */
  readonly failedAtMs: number | null;
  readonly goneAtMs: number | null;
};

const NOTHING: Said = { succeededAtMs: null, failedAtMs: null, goneAtMs: null };

function withOutcome(said: Said, { attempt, endpointIsGone }: Outcome): Said {
  const { succeeded, trigger, endedAtMs } = attempt;
  if (succeeded) return { ...said, succeededAtMs: endedAtMs, failedAtMs: null };
  if (endpointIsGone) return { ...said, goneAtMs: said.goneAtMs ?? endedAtMs };
  return trigger === "scheduled" ? { ...said, failedAtMs: said.failedAtMs ?? endedAtMs } : said;
}
