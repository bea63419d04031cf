import { setTimeout as sleep } from "node:timers/promises";
import type { ApiKeys, PresentedKey } from "../../store/catalogue-api-keys.ts";
import { createRecent } from "../../store/recent.ts";

/**
 * How long what is known of a key is believed without another look, so that publishing costs no
 * query for each message. Whoever changes a key waits as long: then it is so in every process.
 */
const REMEMBERED_MS = 1_000;
const KEYS_MAX = 10_000;
const USE_NOTED_MS = 60_000;

type FindKey = (hash: string) => Promise<PresentedKey | undefined>;

/** For a timer that fires a little early. */
const GRACE_MS = 50;

/** Resolves when no process remembers a key as it was before. */
export async function beingForgotten(): Promise<void> {
  await sleep(REMEMBERED_MS + GRACE_MS);
}

/** Looks keys up, each at most once a second, and notes their use, each at most once a minute. */
export function createRememberedKeys(apiKeys: Pick<ApiKeys, "findBySecret" | "noteUse">): FindKey {
  async function look(hash: string): Promise<PresentedKey | undefined> {
    const found = await apiKeys.findBySecret(hash);
    if (found !== undefined) noteUse(apiKeys, found);
    return found;
  }
  // Nobody can fill the memory with keys that there are not.
  const isKept = (found: PresentedKey | undefined): boolean => found !== undefined;
  return createRecent(look, { forMs: REMEMBERED_MS, keysMax: KEYS_MAX, isKept });
}

function noteUse(apiKeys: Pick<ApiKeys, "noteUse">, { key, ...found }: PresentedKey): void {
  const nowMs = Date.now();
  if (nowMs - (key.lastUsedAtMs ?? 0) < USE_NOTED_MS || found.revokedAtMs !== null) return;
  // Nobody waits for it, and where it fails the next one will note it.
  apiKeys.noteUse(key.id, nowMs).catch(() => undefined);
}
