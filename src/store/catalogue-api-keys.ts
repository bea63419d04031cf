import type { ApiKey, Mode } from "../domain/api-key.ts";
import type { Change } from "./catalogue-change.ts";
import type { Page, PageQuery } from "./catalogue-page.ts";

/** Keys of the API. All but `findBySecret` do as if there were none that was revoked. */
export type ApiKeys = {
  /** `hash`: SHA-256 of its secret. */
  create(key: ApiKey, hash: string): Promise<void>;
  find(organizationId: string, id: string): Promise<ApiKey | undefined>;
  list(organizationId: string, query: ApiKeyQuery): Promise<Page<ApiKey>>;
  /** undefined if there is none. */
  change(organizationId: string, id: string, change: Change<ApiKey>): Promise<ApiKey | undefined>;
  /** Gives it a new secret; those before are good until `oldUntilMs` and no longer than they were. */
  rotate(organizationId: string, id: string, to: NewSecret): Promise<ApiKey | undefined>;
  /** Answers whether there was one. */
  revoke(organizationId: string, id: string, nowMs: number): Promise<boolean>;
  /** Two reads of an index. */
  findBySecret(hash: string): Promise<PresentedKey | undefined>;
  noteUse(id: string, nowMs: number): Promise<void>;
};

export type ApiKeyQuery = PageQuery & {
  readonly applicationId?: string;
  readonly mode?: Mode;
};

export type NewSecret = {
  readonly hash: string;
  readonly lastFour: string;
  readonly oldUntilMs: number;
  readonly nowMs: number;
};

/** What is known of a secret that somebody came with. */
export type PresentedKey = {
  readonly key: ApiKey;
  /** null: it was not. */
  readonly revokedAtMs: number | null;
  /** When the secret ends because of a rotation; null: it is the current one. */
  readonly secretEndsAtMs: number | null;
};
