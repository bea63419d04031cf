import { createHash, createHmac } from "node:crypto";
import {
  AUTH_TOKEN_HEADER,
  CHECKSUM_HEADER,
  type RequestFormat,
} from "../domain/request-format.ts";

/** The headers that an endpoint's format adds, for the bytes that are sent. */
export function formatHeaders(
  { hexSignature, authToken, checksum }: RequestFormat,
  body: Uint8Array,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (hexSignature !== null) {
    const { header, secret } = hexSignature;
    headers[header] = createHmac("sha256", secret).update(body).digest("hex");
  }
  if (authToken !== null) headers[AUTH_TOKEN_HEADER] = authToken;
  if (checksum) headers[CHECKSUM_HEADER] = createHash("sha256").update(body).digest("hex");
  return headers;
}
