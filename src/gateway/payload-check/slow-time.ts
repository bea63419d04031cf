import { createRecentlyUsed } from "../../store/recently-used.ts";

/** How long an organization's schemas have held everybody else up, of late. */
export type SlowTime = {
  /** Whether that is as long as it may be, for now. */
  readonly isUsedUp: (organizationId: string) => boolean;
  /** Does it, and counts how long it took if that was long. */
  readonly measured: <Result>(organizationId: string, act: () => Result) => Result;
};

/** What takes less is as quick as the rest of a request. */
const SLOW_MS = 5;
const SLOW_MS_MAX = 3_000;
const WINDOW_MS = 60_000;
const ORGANIZATIONS_MAX = 10_000;

export const SLOW_TIME_TEXT =
  `the organization's schemas have taken over ${SLOW_MS_MAX / 1_000} s within ` +
  `${WINDOW_MS / 1_000} s: they are tried again later`;

type Window = { readonly endsAtMs: number; usedMs: number };

/** A schema is only paused by itself, and an organization can have as many as it likes. */
export function createSlowTime(): SlowTime {
  const windows = createRecentlyUsed<Window>(ORGANIZATIONS_MAX);
  const windowOf = (organizationId: string): Window | undefined => {
    const window = windows.get(organizationId);
    return window !== undefined && performance.now() < window.endsAtMs ? window : undefined;
  };

  return {
    isUsedUp: (organizationId) => (windowOf(organizationId)?.usedMs ?? 0) > SLOW_MS_MAX,
    measured(organizationId, act) {
      const beganAtMs = performance.now();
      const result = act();
      const tookMs = performance.now() - beganAtMs;
      if (tookMs < SLOW_MS) return result;
      const window = windowOf(organizationId) ?? { endsAtMs: beganAtMs + WINDOW_MS, usedMs: 0 };
      window.usedMs += tookMs;
      windows.set(organizationId, window, 1);
      return result;
    },
  };
}
