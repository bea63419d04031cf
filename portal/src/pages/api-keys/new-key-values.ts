import type { ApiKeyIn, ApiKeyMode, ApiKeyScope } from "../../api/schema.d.ts";

const DAY_MS = 86_400_000;

/** As the form has them. */
export type KeyValues = {
  readonly name: string;
  readonly mode: ApiKeyMode;
  readonly scopes: readonly ApiKeyScope[];
  /** An application's id or uid; "": all of the organization. */
  readonly appId: string;
  /** After how many days it ends; "": never. */
  readonly days: string;
};

export const EMPTY_VALUES: KeyValues = {
  name: "",
  mode: "live",
  scopes: ["publish"],
  appId: "",
  days: "",
};

export function faultsOf({ name, scopes }: KeyValues): Readonly<Record<string, string>> {
  return {
    ...(name.trim() === "" && { name: "Give it a name, to tell it from others" }),
    ...(scopes.length === 0 && { scopes: "Choose at least one" }),
  };
}

export function apiKeyIn({ name, mode, scopes, appId, days }: KeyValues, nowMs: number): ApiKeyIn {
  return {
    name: name.trim(),
    mode,
    scopes: [...scopes],
    appId: appId.trim() === "" ? null : appId.trim(),
    expiresAt: days === "" ? null : new Date(nowMs + Number(days) * DAY_MS).toISOString(),
  };
}
