import type { DeliveryKey, DeliveryState } from "../domain/delivery.ts";
import type { Attempt, AttemptHeaders, EndpointHeaders } from "../domain/records.ts";
import type { RequestFormat } from "../domain/request-format.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { Throttle } from "../domain/throttle.ts";
import type { CarriedMessage } from "./carried-message.ts";
import type { Catalogue } from "./catalogue.ts";
import type { InLine, Lines, PendingDelivery } from "./line.ts";
import type { Lease, NewMessage } from "./new-message.ts";
import type { Slots } from "./slots.ts";

export type { CarriedMessage } from "./carried-message.ts";
export type { PendingDelivery } from "./line.ts";
export type { Lease, NewMessage, Recipients } from "./new-message.ts";

/**
 * All that is kept. Two adapters (SQLite, Postgres) pass one conformance suite. Every function
 * throws only when the database itself fails; what a caller may get wrong is in the result.
 */
export type Store = HotStore &
  Catalogue & {
    /** Resolves if the database answers, rejects if not. */
    ping(): Promise<void>;
    close(): Promise<void>;
  };

/**
 * The statements in a message's path. Calls that come together share a statement and a commit; one
 * that fails does not fail its neighbours. A promise resolves when its rows are on the disk.
 */
export type HotStore = Slots &
  Lines & {
    /** Keeps a message and a delivery for each endpoint that is subscribed at this instant. */
    accept(message: NewMessage): Promise<AcceptResult>;

    /**
     * Claims attempts for one carrier until the lease ends, in the order given. Whoever holds a claim
     * may take it again. Deliveries whose endpoint is disabled or deleted, or whose payload was
     * expunged, are ended here.
     */
    claim(claims: readonly Claim[], lease: Lease): Promise<readonly ClaimResult[]>;

    /** Keeps what an attempt came to, and what follows for its delivery. Releases the claim. */
    record(record: AttemptRecord): Promise<void>;

    /**
     * Claims an attempt that somebody asks for by hand, whatever the delivery's state; where there is
     * no delivery it makes one that has ended. The schedule goes on as if there were no such attempt.
     */
    claimManual(claim: ManualClaim, lease: Lease): Promise<ManualClaimResult>;

    /**
     * Keeps what it came to. A success ends the delivery as succeeded, however it had ended; a failure
     * leaves it as it is. Either releases the claim.
     */
    recordManual(record: ManualRecord): Promise<void>;

    /** The deliveries of these messages that have not ended, without those that stand in line. */
    pendingDeliveries(messageIds: readonly string[]): Promise<readonly PendingDelivery[]>;

    /**
     * The messages of at most `deliveriesMax` deliveries that have not ended, are overdue by OVERDUE_MS
     * and claimed by nobody. Each is taken: it is not offered again before OVERDUE_MS have passed.
     */
    takeOverdue(nowMs: number, deliveriesMax: number): Promise<readonly CarriedMessage[]>;

    /** Notes which Temporal workflow carries these messages. */
    noteWorkflow(messageIds: readonly string[], workflowId: string): Promise<void>;
  };

/** How late a delivery may be before the sweep starts it again. */
export const OVERDUE_MS = 30_000;

export type AcceptResult =
  | {
      readonly kind: "accepted";
      readonly applicationId: string;
      /** The first attempts, one for each subscribed endpoint that is not ordered. */
      readonly attempts: readonly AttemptToMake[];
      /** The ordered ones. */
      readonly inLine: readonly InLine[];
    }
  | { readonly kind: "unknown_application" }
  | { readonly kind: "event_type_archived" }
  | { readonly kind: "event_id_taken" }
  /** The call was made before, or is being made just now. */
  | { readonly kind: "repeated" };

/** How long a call's Idempotency-Key is remembered. */
export const IDEMPOTENT_MS = 12 * 3_600_000;

export type Claim = DeliveryKey & {
  readonly attemptNumber: number;
  /** It stands in its endpoint's line: whoever carries that claims so, and only the first. */
  readonly inLine?: boolean;
};

/** All that one POST needs. */
export type AttemptToMake = Claim & {
  readonly applicationId: string;
  readonly eventType: string;
  readonly url: string;
  readonly headers: EndpointHeaders;
  /** The secrets that sign now, the current one first. */
  readonly secrets: readonly string[];
  readonly payload: Uint8Array;
  /** null is JSON's. */
  readonly contentType: string | null;
  /** null is the payload as it is. */
  readonly requestFormat: RequestFormat | null;
  /** Of its endpoint, or else of its event type; null is the installation's. */
  readonly retrySchedule: RetrySchedule | null;
  /** null where nothing limits; by hand it is not asked. */
  readonly throttle: Throttle | null;
  /** How many attempts were made before its schedule began: 0, unless that has begun anew. */
  readonly scheduleFrom: number;
  /** Its message's channels and tags, which its record is found by. */
  readonly labels: readonly string[];
  readonly isTest: boolean;
};

export type ClaimResult =
  | { readonly kind: "claimed"; readonly attempt: AttemptToMake }
  /** Another carrier is making this attempt. */
  | { readonly kind: "busy"; readonly untilMs: number }
  /** Another carrier made it, and it failed. */
  | {
      readonly kind: "superseded";
      readonly attemptNumber: number;
      readonly nextAttemptAtMs: number;
    }
  /** Its endpoint is ordered, and it is not its turn there. */
  | { readonly kind: "in_line" }
  | { readonly kind: "ended"; readonly state: DeliveryState };

export type AttemptRecord = {
  readonly attempt: Attempt;
  readonly headers: AttemptHeaders;
  readonly eventType: string;
  readonly labels: readonly string[];
  readonly state: DeliveryState;
  /** null unless the state is pending. */
  readonly nextAttemptAtMs: number | null;
  /** The next in line waits for it. */
  readonly inLine?: boolean;
};

export type ManualClaim = DeliveryKey & {
  readonly applicationId: string;
  /** An attempt's id: not if there is one with this id, or a later one. */
  readonly unlessAttemptedFrom?: string;
};

export type ManualClaimResult =
  /** Its number is 0. */
  | { readonly kind: "claimed"; readonly attempt: AttemptToMake }
  | { readonly kind: "busy"; readonly untilMs: number }
  | { readonly kind: "attempted"; readonly succeeded: boolean }
  | { readonly kind: "refused"; readonly reason: ManualRefusal };

export type ManualRefusal = "endpoint_disabled" | "endpoint_deleted" | "expunged";

export type ManualRecord = Omit<AttemptRecord, "state" | "nextAttemptAtMs" | "inLine"> & {
  /** Who claimed it. */
  readonly holder: string;
  /** It asked us never to come back: it is disabled. */
  readonly endpointIsGone: boolean;
};
