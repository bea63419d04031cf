import { setTimeout as sleep } from "node:timers/promises";
import type { ApiKeys, PresentedKey } from "../../store/catalogue-api-keys.ts";

/**
 * How long what is known of a key is believed without another look, so that publishing costs no
 * query for each message. Whoever changes a key waits as long: then it is so in every process.
 */
const REMEMBERED_MS = 1_000;
const KEYS_MAX = 10_000;
const USE_NOTED_MS = 60_000;

type FindKey = (hash: string) => Promise<PresentedKey | undefined>;

type Remembered = { readonly found: ReturnType<FindKey>; readonly untilMs: number };

/** For a timer that fires a little early. */
const GRACE_MS = 50;

/** Resolves when no process remembers a key as it was before. */
export async function beingForgotten(): Promise<void> {
  await sleep(REMEMBERED_MS + GRACE_MS);
}

/** Looks keys up, each at most once a second, and notes their use, each at most once a minute. */
export function createRememberedKeys(apiKeys: Pick<ApiKeys, "findBySecret" | "noteUse">): FindKey {
  const remembered = new Map<string, Remembered>();

  async function look(hash: string): Promise<PresentedKey | undefined> {
    try {
      const found = await apiKeys.findBySecret(hash);
      // Nobody can fill the memory with keys that there are not.
      if (found === undefined) remembered.delete(hash);
      else noteUse(apiKeys, found);
      return found;
    } catch (error) {
      remembered.delete(hash);
      throw error;
    }
  }

  return async (hash) => {
    // From when the look began: what changes while it takes place may have been missed.
    const nowMs = performance.now();
    const known = remembered.get(hash);
    if (known !== undefined && known.untilMs > nowMs) return known.found;
    if (remembered.size >= KEYS_MAX) remembered.clear();
    const found = look(hash);
    remembered.set(hash, { found, untilMs: nowMs + REMEMBERED_MS });
    return found;
  };
}

function noteUse(apiKeys: Pick<ApiKeys, "noteUse">, { key, ...found }: PresentedKey): void {
  const nowMs = Date.now();
  if (nowMs - (key.lastUsedAtMs ?? 0) < USE_NOTED_MS || found.revokedAtMs !== null) return;
  // Nobody waits for it, and where it fails the next one will note it.
  apiKeys.noteUse(key.id, nowMs).catch(() => undefined);
}
