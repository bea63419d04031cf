import type { Page, PageQuery } from "./catalogue-page.ts";

/** Public request bins. */
export type Plays = {
  /** Answers false, and keeps nothing, if there are as many as may be. */
  create(play: Play, limits: PlaysMax): Promise<boolean>;
  /** undefined if there is none, or it has expired. */
  find(id: string, nowMs: number): Promise<Play | undefined>;
  change(id: string, change: Partial<Pick<Play, "answer" | "secret">>): Promise<void>;
  /** With its requests. */
  remove(id: string): Promise<void>;
  /** Deletes its requests. */
  clear(id: string): Promise<void>;
  /** Keeps what arrived, and of what arrived before the newest, as far as there is room. */
  keep(request: PlayRequest, room: PlayRoom): Promise<void>;
  list(id: string, page: PageQuery): Promise<Page<PlayRequest>>;
  /** The ids of its newest requests. */
  newest(id: string, rowsMax: number): Promise<readonly string[]>;
};

export type Play = {
  readonly id: string;
  readonly organizationId: string;
  /** null: the organization's own. */
  readonly applicationId: string | null;
  readonly answer: PlayAnswer;
  /** What signatures are checked with; null: they are not. */
  readonly secret: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

export type PlayAnswer = {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly delayMs: number;
};

export type PlayRequest = {
  readonly id: string;
  readonly playId: string;
  readonly method: string;
  /** Behind the play's own, with the query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly signature: "verified" | "stale" | "wrong" | "none" | "unchecked";
  /** What it was to be answered; null where that was not noted. */
  readonly answer: Pick<PlayAnswer, "status" | "delayMs"> | null;
  readonly receivedAtMs: number;
};

/** Those that have not expired yet. */
export type PlaysMax = { readonly ofApplication: number; readonly ofOrganization: number };

export type PlayRoom = { readonly requestsMax: number; readonly bodyBytesMax: number };
