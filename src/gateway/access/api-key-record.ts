import type { z } from "zod";
import type { ApiKey } from "../../domain/api-key.ts";
import { newId } from "../../store/new-id.ts";
import { given } from "../input/fields.ts";
import type { API_KEY_OUT, API_KEY_PATCH } from "./api-key-schemas.ts";
import { keyHash, lastFour, newKeyText } from "./api-key-text.ts";

export type KeyToMake = Pick<
  ApiKey,
  "organizationId" | "applicationId" | "mode" | "name" | "scopes" | "expiresAtMs"
>;

/** A key with its secret, which is kept as a hash alone. */
export type MadeKey = { readonly key: ApiKey; readonly text: string; readonly hash: string };

export function newApiKey(wanted: KeyToMake): MadeKey {
  const nowMs = Date.now();
  const secret = newSecret(wanted);
  const times = { createdAtMs: nowMs, updatedAtMs: nowMs, lastUsedAtMs: null };
  const key = { ...wanted, id: newId("key", nowMs), lastFour: secret.lastFour, ...times };
  return { key, text: secret.text, hash: secret.hash };
}

export function newSecret({ mode }: Pick<ApiKey, "mode">) {
  const text = newKeyText(mode);
  return { text, hash: keyHash(text), lastFour: lastFour(text) };
}

export function patchedApiKey(found: ApiKey, body: z.output<typeof API_KEY_PATCH>): ApiKey {
  return {
    ...found,
    name: body.name ?? found.name,
    scopes: body.scopes ?? found.scopes,
    expiresAtMs: given(expiresAtMsIn(body.expiresAt), found.expiresAtMs),
    updatedAtMs: Date.now(),
  };
}

export function expiresAtMsIn<Absent extends null | undefined>(
  text: string | Absent,
): number | Absent {
  return typeof text === "string" ? Date.parse(text) : text;
}

export function apiKeyOut(key: ApiKey): z.output<typeof API_KEY_OUT> {
  const { id, name, mode, scopes, lastFour: shown } = key;
  return {
    id,
    name,
    mode,
    scopes: [...scopes],
    appId: key.applicationId,
    lastFour: shown,
    createdAt: timeOut(key.createdAtMs),
    updatedAt: timeOut(key.updatedAtMs),
    lastUsedAt: key.lastUsedAtMs === null ? null : timeOut(key.lastUsedAtMs),
    expiresAt: key.expiresAtMs === null ? null : timeOut(key.expiresAtMs),
  };
}

function timeOut(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
