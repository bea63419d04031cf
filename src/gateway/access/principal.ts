import type { Mode, Scope } from "../../domain/api-key.ts";
import type { IssuedToken } from "../../store/catalogue-tokens.ts";
import type { Capability } from "./capabilities.ts";

/** Who calls: an organization, or (for the portal of one customer) an application of it. */
export type Principal = {
  readonly organizationId: string;
  /** null for an organization's token or key. */
  readonly applicationId: string | null;
  /** In test mode an application that is named stands for its sandbox. */
  readonly mode: Mode;
  /** With what they include: all of a token's, whose capabilities say more. */
  readonly scopes: readonly Scope[];
  /** With what they imply: all of an organization's token. */
  readonly capabilities: readonly Capability[];
  /** Which of the event types that have flags are seen; null, as for an organization: all. */
  readonly featureFlags: readonly string[] | null;
  /** What a revocation may name; null for an organization's token, which cannot be revoked, and for keys. */
  readonly token: IssuedToken | null;
  /** null for tokens. */
  readonly apiKeyId: string | null;
};
