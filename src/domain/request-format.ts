import { isHeaderName, isReservedHeader } from "./header-names.ts";

/** How an endpoint's requests look, besides the signature that every request has. */
export type RequestFormat = {
  /** The payload byte for byte; or JSON that names the event type and has the payload as `data`. */
  readonly body: "payload" | "event-data";
  readonly hexSignature: HexSignature | null;
  /** Goes as it is in AUTH_TOKEN_HEADER. */
  readonly authToken: string | null;
  readonly bodyToken: BodyToken | null;
  /** Whether the body's hash goes in CHECKSUM_HEADER. */
  readonly checksum: boolean;
};

/** HMAC-SHA256 of the body in hexadecimal. The key is the secret's text, whatever it looks like. */
export type HexSignature = {
  /** In lower case. */
  readonly header: string;
  readonly secret: string;
};

/** Goes into the body, if that is a JSON object. */
export type BodyToken = {
  /** Names with dots between them, as `checkBodyTokenPath` lets them pass. */
  readonly path: string;
  readonly token: string;
};

export const PLAIN_FORMAT: RequestFormat = {
  body: "payload",
  hexSignature: null,
  authToken: null,
  bodyToken: null,
  checksum: false,
};

export const AUTH_TOKEN_HEADER = "x-auth-token";
export const CHECKSUM_HEADER = "x-checksum-sha256";
/** Says that a body had no room for its token. */
export const BODY_TOKEN_HEADER = "posthorn-body-token";

const HEADER_LENGTH_MAX = 128;
const PATH_LENGTH_MAX = 256;
const PATH_NAMES_MAX = 8;
/** Neither digits alone, which JSON's readers sort before other names, nor what could be an index. */
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** What is wrong with a header for the hexadecimal signature; undefined if nothing is. */
export function checkSignatureHeader(name: string): string | undefined {
  if (!isHeaderName(name) || name.length > HEADER_LENGTH_MAX) {
    return "Input should be the name of a header, such as x-signature";
  }
  const others = [AUTH_TOKEN_HEADER, CHECKSUM_HEADER];
  const isTaken = isReservedHeader(name) || others.includes(name.toLowerCase());
  return isTaken ? `The header ${name} is used for something else` : undefined;
}

/** What is wrong with a path, for whoever gave it; undefined if nothing is. */
export function checkBodyTokenPath(path: string): string | undefined {
  const names = path.split(".");
  const isPath = names.every((name) => NAME.test(name) && name !== "__proto__");
  if (isPath && path.length <= PATH_LENGTH_MAX && names.length <= PATH_NAMES_MAX) return undefined;
  return (
    `Input should be at most ${PATH_NAMES_MAX} names with dots between them, such as token or ` +
    "meta.auth.token; a name has letters, digits, - and _, and does not begin with a digit or -"
  );
}

/** Whether requests are as they are without any format. */
export function isPlainFormat(format: RequestFormat): boolean {
  const { body, hexSignature, authToken, bodyToken, checksum } = format;
  const adds = hexSignature !== null || authToken !== null || bodyToken !== null || checksum;
  return body === "payload" && !adds;
}

/** The headers that it sets, in lower case: the endpoint's own cannot have these names. */
export function formatHeaderNames(format: RequestFormat): readonly string[] {
  return [
    ...(format.hexSignature === null ? [] : [format.hexSignature.header]),
    ...(format.authToken === null ? [] : [AUTH_TOKEN_HEADER]),
    ...(format.checksum ? [CHECKSUM_HEADER] : []),
  ];
}
