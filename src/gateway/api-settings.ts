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

/** What an operator sets of endpoints, for all organizations. */
export type EndpointSettings = {
  /** Of a hexadecimal signature that names no header; in lower case. */
  readonly hexSignatureHeader: string;
  /** Whether no endpoint may have an http:// URL from now on. */
  readonly httpsOnly: boolean;
  /** Addresses and subnets that attempts come from, for others' firewalls. */
  readonly egressIps: readonly string[];
};

export const DEFAULT_ENDPOINT_SETTINGS: EndpointSettings = {
  hexSignatureHeader: "x-runa-signature",
  httpsOnly: false,
  egressIps: [],
};
