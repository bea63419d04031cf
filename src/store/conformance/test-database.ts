import type { Store } from "../store.ts";

/** A database for tests, migrated. */
export type TestDatabase = {
  /** Opens a store on it; several may be open at once, as several processes would. */
  open(): Promise<Store>;
  /** All that it holds, as bytes or text. */
  contents(): Promise<Buffer>;
  drop(): Promise<void>;
};

export type Opened = { readonly store: Store; readonly database: TestDatabase };
