import type { OverviewOut } from "../../api/schema.d.ts";
import { endpointStatus } from "../../components/status/endpoint-status.ts";
import { waitingCount } from "../../components/waiting-words.ts";

type Unwell = OverviewOut["endpoints"][number];
type Health = Parameters<typeof endpointStatus>[0];

/** Those that fail, then those that we disabled, then those that their owners did. */
const RANKS: Readonly<Partial<Record<ReturnType<typeof endpointStatus>, number>>> = {
  failing: 0,
  disabledByFailure: 1,
  gone: 1,
};
const RANK_LAST = 2;

/**
 * What somebody has to look at stands before what its owner wanted so; in each, what most messages
 * wait for, then the newest.
 */
export function worstFirst(endpoints: readonly Unwell[]): readonly Unwell[] {
  return endpoints.toSorted((a, b) => rankOf(a) - rankOf(b) || waitingCount(b) - waitingCount(a));
}

/** "2 fail · 1 is disabled". */
export function unwellWords(endpoints: readonly Health[]): string {
  const disabled = endpoints.filter((one) => one.disabled).length;
  const failing = endpoints.length - disabled;
  return [
    ...(failing > 0 ? [`${failing} ${failing === 1 ? "fails" : "fail"}`] : []),
    ...(disabled > 0 ? [`${disabled} ${disabled === 1 ? "is" : "are"} disabled`] : []),
  ].join(" · ");
}

function rankOf(endpoint: Health): number {
  return RANKS[endpointStatus(endpoint)] ?? RANK_LAST;
}
