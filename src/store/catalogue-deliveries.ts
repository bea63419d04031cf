import type { DeliveryKey, DeliveryState } from "../domain/delivery.ts";
import type { Delivery, Endpoint } from "../domain/records.ts";
import type { Page, PageQuery } from "./catalogue-page.ts";
import type { ExportedDelivery } from "./catalogue-exports.ts";
import type { DeliveryStatus } from "./delivery-status.ts";
import type { Reopened, Reopening } from "./catalogue-reopenings.ts";

export type Deliveries = {
  /** Where a message goes, by endpoint id; endpoints that were deleted since are as they were. */
  listByMessage(messageId: string, page: PageQuery): Promise<Page<Destination>>;
  /**
   * Ends what is pending at an endpoint, of messages whose id is below `messageIdBelow`. An attempt
   * that is being made goes on, and is kept, but none follows it. Answers how many it ended.
   */
  cancel(endpointId: string, messageIdBelow: string): Promise<number>;
  /** The same for one, where it is pending. Answers how it has ended; undefined if there is none. */
  cancelOne(delivery: DeliveryKey): Promise<DeliveryState | undefined>;
  /**
   * Begins schedules anew: the next attempt is due now, and as many follow as at first. Where there
   * is no delivery it makes one. Attempt numbers go on, so that whoever carries the delivery still
   * finds that it was overtaken; an attempt that is being made goes on, and only its success counts.
   * Left out of the answer is what has no payload, and all if the endpoint is disabled or deleted.
   */
  reopen(reopening: Reopening): Promise<readonly Reopened[]>;
  /** How many messages wait at each of the endpoints; of each kind it counts `rowsMax` at most. */
  waiting(endpointIds: readonly string[], rowsMax: number): Promise<ReadonlyMap<string, Waiting>>;
  /** How each of the messages fares, over all its endpoints; one that has none is left out. */
  countByMessage(messageIds: readonly string[]): Promise<ReadonlyMap<string, DeliveryCounts>>;
  /** Of those endpoints that have a line: the message that is first in it. */
  firstInLine(endpointIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How these messages fare at an endpoint, in the order of their ids. */
  exported(endpointId: string, messageIds: readonly string[]): Promise<readonly ExportedDelivery[]>;
};

/** Deliveries that wait for an attempt: the first, or another. */
export type Waiting = { readonly unattempted: number; readonly retrying: number };

export type DeliveryCounts = Readonly<Record<DeliveryStatus, number>>;

export type Destination = { readonly delivery: Delivery; readonly endpoint: Endpoint };
