import { errors } from "undici";
import type { UnansweredReason } from "../domain/attempt.ts";
import { BlockedAddressError } from "./address-guard.ts";

/** Why there is no answer, and the sentence that tells the receiver's people so. */
export type Failure = { readonly reason: UnansweredReason; readonly detail: string };

/** What is known of the request when it fails. */
export type FailureContext = {
  /** The receiver as host:port. */
  readonly target: string;
  /** The status of an answer that began but did not end. */
  readonly status: number | undefined;
};

type Describe = (context: FailureContext & { readonly address: string }) => string;

const REASONS: Readonly<Record<string, UnansweredReason>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  EAI_NODATA: "dns",
  ENODATA: "dns",
  EPROTO: "tls",
  UND_ERR_HEADERS_OVERFLOW: "response_too_large",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "response_too_large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "malformed_response",
  // undici's parser asserts what a well-formed answer keeps to, such as a status of at least 100.
  ERR_ASSERTION: "malformed_response",
};
const TLS_CODE =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|PATH_LENGTH_|HOSTNAME_|CRL_|ERROR_IN_)/;
/** undici's words for an answer that it did not expect, for which it has no code of their own. */
const UNEXPECTED_ANSWER = /^bad (?:response|upgrade)$/;
/** OpenSSL's words where, mostly, plain HTTP is spoken. */
const NO_TLS = "wrong version number";
const SOCKET_ERROR = "UND_ERR_SOCKET";

const DETAILS: Readonly<Record<Exclude<UnansweredReason, "blocked_address">, Describe>> = {
  refused: ({ address }) => `Connection refused by ${address}: nothing listens there.`,
  reset: ({ address, status }) =>
    status === undefined
      ? `The connection to ${address} was closed before an answer came.`
      : `The connection to ${address} was closed before its answer (status ${status}) was complete.`,
  timeout: ({ address }) => `No connection to ${address}: it did not respond in time.`,
  dns: ({ target }) => `The host name of ${target} could not be resolved.`,
  tls: ({ target }) => `No secure connection to ${target} could be made`,
  response_too_large: ({ target }) => `The headers of the answer from ${target} were too long.`,
  malformed_response: ({ target }) => `What ${target} answered was not valid HTTP/1.1`,
  unreachable: ({ address }) => `No way to ${address}`,
};

/** Puts an error of DNS, TCP, TLS or HTTP into our words. What is unknown is "unreachable". */
export function describeFailure(error: Error, context: FailureContext): Failure {
  if (error instanceof BlockedAddressError) return blocked(error);
  const code = codeOf(error);
  const reason = reasonOf(code, error);
  const sentence = DETAILS[reason]({ ...context, address: addressOf(error) ?? context.target });
  return { reason, detail: sentence.endsWith(".") ? sentence : `${sentence}: ${cause(error)}.` };
}

function blocked({ address, hostname }: BlockedAddressError): Failure {
  const ofHost = address === hostname ? "" : ` of host ${hostname}`;
  const detail = `The address ${address}${ofHost} is not public; requests to it are blocked (see ALLOWED_SUBNETS).`;
  return { reason: "blocked_address", detail };
}

function reasonOf(code: string, error: Error): Exclude<UnansweredReason, "blocked_address"> {
  if (code === SOCKET_ERROR && UNEXPECTED_ANSWER.test(error.message)) return "malformed_response";
  if (error instanceof errors.HTTPParserError) return "malformed_response";
  const known = REASONS[code];
  if (known !== undefined && known !== "blocked_address") return known;
  return TLS_CODE.test(code) ? "tls" : "unreachable";
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Where several addresses were tried, the first that failed stands for all. */
function addressOf(error: Error): string | undefined {
  const failed: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(failed instanceof Error) || !("address" in failed) || !("port" in failed)) return undefined;
  const address = String(failed.address);
  return `${address.includes(":") ? `[${address}]` : address}:${String(failed.port)}`;
}

/** OpenSSL's messages end in a line of source positions, and Node adds advice to its operator. */
function cause(error: Error): string {
  const text = "reason" in error && typeof error.reason === "string" ? error.reason : error.message;
  const [sentence = ""] = text.split(/\n|; if the root CA/);
  const known = sentence.replace(/[.:\s]+$/, "") || codeOf(error) || error.name;
  return known === NO_TLS ? `${known} (its answer was not TLS: should its URL be http://?)` : known;
}
