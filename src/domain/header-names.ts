const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What the connection, the content and the signature need stays ours. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "age",
  "cache-control",
  "clear-site-data",
  "connection",
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "expect",
  "expires",
  "host",
  "keep-alive",
  "pragma",
  "te",
  "trailer",
  "trailers",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "warning",
  "webhook-id",
  "webhook-signature",
  "webhook-timestamp",
]);
const RESERVED_PREFIX =
  /^(x-amz-|x-amzn-|x-google|x-goog-|x-gfe|x-azure-|x-fd-|x-svix-|svix-|posthorn-)/;

/** What HTTP lets a header be called, but for what no object can have as a member of its own. */
export function isHeaderName(name: string): boolean {
  return TOKEN.test(name) && name.toLowerCase() !== "__proto__";
}

/** Whether a header is not an endpoint's to set. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_NAMES.has(lower) || RESERVED_PREFIX.test(lower);
}
