/** What an operator sets of the HTTP API. */
export type ApiSettings = {
  /** Of a request's body, after it was unpacked. */
  readonly payloadBytesMax: number;
  /** Where people reach the API, without a slash at the end; undefined: as the request says. */
  readonly publicUrl: string | undefined;
  /** Origins of the pages that may call; undefined: any. */
  readonly corsOrigins: readonly string[] | undefined;
  /** Who may show the portal in a frame, as a Content-Security-Policy says it. */
  readonly portalFrameAncestors: readonly string[];
  /** Of each token; undefined: none. */
  readonly rateLimit: RateLimit | undefined;
};

export type RateLimit = {
  readonly requestsPerSecond: number;
  /** What a token may ask beyond it, once in a while. */
  readonly burst: number;
};

export const DEFAULT_API_SETTINGS: ApiSettings = {
  payloadBytesMax: 2 * 1024 * 1024,
  publicUrl: undefined,
  corsOrigins: undefined,
  portalFrameAncestors: ["'self'"],
  rateLimit: undefined,
};
