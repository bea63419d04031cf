import type { Delivery, Endpoint } from "../domain/records.ts";
import type { Page, PageQuery } from "./catalogue-page.ts";

export type Deliveries = {
  /** Where a message goes, by endpoint id; endpoints that were deleted since are as they were. */
  listByMessage(messageId: string, page: PageQuery): Promise<Page<Destination>>;
  /**
   * Ends what is pending at an endpoint, of messages whose id is below `messageIdBelow`. An attempt
   * that is being made goes on, and is kept, but none follows it. Answers how many it ended.
   */
  cancel(endpointId: string, messageIdBelow: string): Promise<number>;
};

export type Destination = { readonly delivery: Delivery; readonly endpoint: Endpoint };
