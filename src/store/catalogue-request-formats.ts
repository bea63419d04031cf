import type { RequestFormat } from "../domain/request-format.ts";

/** How endpoints' requests look, the secrets of that included. */
export type RequestFormats = {
  /** PLAIN_FORMAT where none was set. */
  find(endpointId: string): Promise<RequestFormat>;
  /** The same of several, by endpoint; those that are PLAIN_FORMAT are left out. */
  findEach(endpointIds: readonly string[]): Promise<ReadonlyMap<string, RequestFormat>>;
  /**
   * Answers what it became; undefined if there is no such endpoint. Of changes that meet none is
   * lost: `change` may be called again, and what it throws goes to the caller.
   */
  change(
    endpointId: string,
    change: (found: RequestFormat) => RequestFormat,
    nowMs: number,
  ): Promise<RequestFormat | undefined>;
};
