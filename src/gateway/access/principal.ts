import type { IssuedToken } from "../../store/catalogue-tokens.ts";
import type { Capability } from "./capabilities.ts";

/** Who calls: an organization, or (for the portal of one customer) an application of it. */
export type Principal = {
  readonly organizationId: string;
  /** null for an organization's token. */
  readonly applicationId: string | null;
  /** With what they imply: all of an organization's. */
  readonly capabilities: readonly Capability[];
  /** Which of the event types that have flags are seen; null, as of an organization's token: all. */
  readonly featureFlags: readonly string[] | null;
  /** What a revocation may name; null for an organization's token, which cannot be revoked. */
  readonly token: IssuedToken | null;
};
