/** What is known of the tokens of applications, beyond what they say themselves. */
export type Tokens = {
  /**
   * Whether its application exists, in the organization that the token names, and has not revoked
   * it. One statement, with two reads of an index.
   */
  isGood(token: IssuedToken, nowMs: number): Promise<boolean>;
  revoke(revocation: Revocation, nowMs: number): Promise<void>;
  keepOneTimeToken(token: OneTimeToken, nowMs: number): Promise<void>;
  /** Of two that exchange the same one, one gets its claims. */
  exchange(hash: string, nowMs: number): Promise<Exchange>;
};

/** A token of an application, by what its revocation may name. */
export type IssuedToken = {
  /** Tells it from every other. */
  readonly id: string;
  readonly organizationId: string;
  readonly applicationId: string;
  readonly sessionId: string | null;
  readonly issuedAtMs: number;
  /** null: never. */
  readonly expiresAtMs: number | null;
};

/** From `effectiveAtMs` on, tokens that were issued until `issuedUntilMs` (incl.) are refused. */
export type Revocation = {
  readonly applicationId: string;
  readonly issuedUntilMs: number;
  readonly effectiveAtMs: number;
  readonly tokens: RevokedTokens;
};

export type RevokedTokens =
  | { readonly kind: "all" }
  | { readonly kind: "sessions"; readonly sessionIds: readonly string[] }
  | { readonly kind: "one"; readonly id: string; readonly expiresAtMs: number | null };

export type OneTimeToken = {
  readonly hash: string;
  /** Of the token that it is exchanged for. */
  readonly claims: TokenClaims;
  readonly expiresAtMs: number;
};

export type TokenClaims = Readonly<Record<string, unknown>>;

export type Exchange =
  | { readonly kind: "exchanged"; readonly claims: TokenClaims }
  | { readonly kind: "used" | "expired" | "unknown" };
