import type { ApiKeyScope } from "../../api/schema.d.ts";

type Offered = {
  readonly scope: ApiKeyScope;
  readonly label: string;
  readonly description: string;
};

export const SCOPES: readonly Offered[] = [
  { scope: "publish", label: "Send messages", description: "And nothing else" },
  { scope: "read", label: "Look", description: "At everything but secrets and keys" },
  {
    scope: "manage",
    label: "Do everything",
    description: "Endpoints, event types, keys; the other two included",
  },
];

/** What a key may do, in as few words as it takes. */
export function scopeWords(scopes: readonly ApiKeyScope[]): readonly string[] {
  const shown = scopes.includes("manage") ? ["manage"] : scopes;
  return SCOPES.filter(({ scope }) => shown.includes(scope)).map(({ label }) => label);
}
