import type { Verdict, Waited } from "../domain/endpoint-health.ts";

/** What watches of failing endpoints ask of the store. Attempts note how endpoints fare: record. */
export type Watches = {
  /**
   * Endpoints whose watch has to be told something, since `sinceMs` (Unix) or longer. Each is taken:
   * it is not offered again within a while.
   */
  take(nowMs: number, which: WhichToTell): Promise<readonly EndpointToTell[]>;
  /** A watch was told of one as it was taken; it is offered again, if it changes or at `againAtMs`. */
  told(endpoint: EndpointToTell, againAtMs: number | null): Promise<void>;
  /** Of the endpoints whose watch was told that they fail, the one of which it was last. */
  lastWatched(nowMs: number): Promise<string | undefined>;
  /** Offers all whose watch was told that they fail once more; answers how many. */
  offerWatched(nowMs: number): Promise<number>;
  /**
   * What has become of an endpoint, by the attempts that were made. `waited` is how long its watch
   * has waited for it to succeed, null if that was cut short. Disables it if that was too long, and
   * ends what is pending there.
   */
  judge(endpointId: string, waited: Waited | null, limits: Limits): Promise<Verdict>;
};

export type Limits = {
  readonly nowMs: number;
  /** How long an endpoint may fail; null: for ever. */
  readonly limitMs: number | null;
};

export type WhichToTell = {
  readonly sinceMs: number;
  readonly rowsMax: number;
  /** false where they may fail for ever. */
  readonly withFailing: boolean;
};

export type EndpointToTell = {
  readonly id: string;
  readonly failingSinceMs: number | null;
  readonly disabled: boolean;
  /** Unix, when it is offered again unless somebody was told. */
  readonly takenUntilMs: number;
};
