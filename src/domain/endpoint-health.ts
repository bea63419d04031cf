/** How an endpoint fares: whether its attempts fail, and why it is disabled. */
export type EndpointHealth = {
  /** The end of the first attempt that failed since the last success, or ever; null: none did. */
  readonly failingSinceMs: number | null;
  /** null while it is enabled, and where it was disabled before reasons were kept. */
  readonly disabledReason: DisabledReason | null;
  readonly disabledAtMs: number | null;
  /** How many had failed when it was disabled for that; null otherwise. */
  readonly failedAttempts: number | null;
};

/** Its owner did; it failed for too long; it answered 410. */
export type DisabledReason = "owner" | "failing" | "gone";

export const HEALTHY: EndpointHealth = {
  failingSinceMs: null,
  disabledReason: null,
  disabledAtMs: null,
  failedAttempts: null,
};

type Switched = {
  readonly disabled: boolean;
  readonly health: EndpointHealth;
  readonly updatedAtMs: number;
};

/** Its owner disables it, or enables it: then it starts afresh. Whatever else changes, it stays. */
export function healthAfterChange(
  before: Pick<Switched, "disabled" | "health">,
  { disabled, updatedAtMs }: Omit<Switched, "health">,
): EndpointHealth {
  if (disabled === before.disabled) return before.health;
  if (!disabled) return HEALTHY;
  return { ...before.health, disabledReason: "owner", disabledAtMs: updatedAtMs };
}

/** How long a watch has waited, and since when the endpoint failed as it began to wait. */
export type Waited = { readonly failingSinceMs: number; readonly limitMs: number };

/** What has become of an endpoint that was failing. */
export type Verdict =
  /** It succeeded, or was enabled again. */
  | { readonly kind: "healthy" }
  | ({ readonly kind: "failing" } & Waited)
  /** Its time has passed with a single failed attempt: the next one disables it. */
  | { readonly kind: "one_more_failure" }
  /** Nobody disables it: it may fail for ever. */
  | { readonly kind: "may_fail" }
  | { readonly kind: "disabled"; readonly reason: DisabledReason | null; readonly ended: number }
  | { readonly kind: "deleted" };
