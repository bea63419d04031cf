/** Whether something is about customers, or only tries things out, in their sandboxes. */
export const MODES = ["live", "test"] as const;

export type Mode = (typeof MODES)[number];

/** What a key may do: look, send messages, all the rest. */
export const SCOPES = ["read", "publish", "manage"] as const;

export type Scope = (typeof SCOPES)[number];

/** What a program calls the API with: its secret is known to nobody but who was shown it. */
export type ApiKey = {
  readonly id: string;
  readonly organizationId: string;
  /** null for the organization as a whole. */
  readonly applicationId: string | null;
  readonly mode: Mode;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Of the current secret, for people to tell keys apart. */
  readonly lastFour: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** To a minute; null: never. */
  readonly lastUsedAtMs: number | null;
  /** null: never. */
  readonly expiresAtMs: number | null;
};

/** With what they include: whoever manages everything can make a key that does the rest. */
export function scopesGiven(scopes: readonly Scope[]): readonly Scope[] {
  return scopes.includes("manage") ? SCOPES : SCOPES.filter((one) => scopes.includes(one));
}
