import {
  AUTH_TOKEN_HEADER,
  BODY_TOKEN_HEADER,
  type RequestFormat,
} from "../domain/request-format.ts";
import type { AttemptHeaders, EndpointHeaders } from "../domain/records.ts";
import { formatHeaders } from "../signing/format-headers.ts";
import { requestBody } from "../signing/request-body.ts";
import { signatureHeaders, type HeaderSet } from "../signing/sign.ts";
import type { AttemptToMake } from "../store/store.ts";

export type Request = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The headers as they are kept: without what only the receiver should see. */
  readonly kept: AttemptHeaders["sent"];
};

export type RequestDeps = { readonly headerSet: HeaderSet; readonly userAgent: string };

/** Tells a receiver that it is only tried out. */
const TEST_MODE = { "posthorn-mode": "test" };

/** What one attempt sends: its body first, then what is said about exactly these bytes. */
export function toRequest(deps: RequestDeps, claimed: AttemptToMake): Request {
  const { payload, headers: theirs, requestFormat } = claimed;
  if (requestFormat !== null) return formatted(deps, claimed, requestFormat);
  const ours = ourHeaders(deps, claimed, payload);
  return { headers: { ...theirs, ...ours }, body: payload, kept: { ...withheld(theirs), ...ours } };
}

function formatted(deps: RequestDeps, claimed: AttemptToMake, format: RequestFormat): Request {
  const { body, contentType, isTokenLeftOut } = requestBody(format, claimed);
  const ours = {
    ...ourHeaders(deps, { ...claimed, contentType }, body),
    ...(isTokenLeftOut && { [BODY_TOKEN_HEADER]: "left-out" }),
    ...formatHeaders(format, body),
  };
  const theirs = without(claimed.headers, ours);
  const token = format.authToken === null ? {} : { [AUTH_TOKEN_HEADER]: null };
  return {
    headers: { ...theirs, ...ours },
    body,
    kept: { ...withheld(theirs), ...ours, ...token },
  };
}

function ourHeaders(
  { headerSet, userAgent }: RequestDeps,
  { messageId, contentType, secrets, isTest }: AttemptToMake,
  body: Uint8Array,
): Record<string, string> {
  const timestampS = Math.floor(Date.now() / 1_000);
  return {
    "content-type": contentType ?? "application/json",
    "user-agent": userAgent,
    ...signatureHeaders({ messageId, timestampS, body, secrets, headerSet }),
    ...(isTest && TEST_MODE),
  };
}

/** Both could be set at the same moment, in different spellings: the format's is the one that goes. */
function without(headers: EndpointHeaders, ours: Record<string, string>): EndpointHeaders {
  const left = Object.entries(headers).filter(([name]) => !Object.hasOwn(ours, name.toLowerCase()));
  return Object.fromEntries(left);
}

/** What an endpoint's owner adds may be a password: attempts keep its name alone. */
function withheld(headers: EndpointHeaders): AttemptHeaders["sent"] {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, null]));
}
