import { errors } from "undici";
import { expect, test } from "vitest";
import { describeFailure } from "./failure.ts";

const CONTEXT = { target: "example.com:443", status: undefined };

function systemError(code: string, message = `connect ${code}`): Error {
  return Object.assign(new Error(message), { code, address: "203.0.113.9", port: 443 });
}

test.each([
  ["ECONNREFUSED", "refused", "Connection refused by 203.0.113.9:443: nothing listens there."],
  ["ECONNRESET", "reset", "The connection to 203.0.113.9:443 was closed before an answer came."],
  ["EPIPE", "reset", "The connection to 203.0.113.9:443 was closed before an answer came."],
  ["ETIMEDOUT", "timeout", "No connection to 203.0.113.9:443: it did not respond in time."],
  ["EHOSTUNREACH", "unreachable", "No way to 203.0.113.9:443: connect EHOSTUNREACH."],
  ["ENETUNREACH", "unreachable", "No way to 203.0.113.9:443: connect ENETUNREACH."],
  ["ENOTFOUND", "dns", "The host name of example.com:443 could not be resolved."],
  ["EAI_AGAIN", "dns", "The host name of example.com:443 could not be resolved."],
])("%s is %s", (code, reason, detail) => {
  expect(describeFailure(systemError(code), CONTEXT)).toEqual({ reason, detail });
});

test.each([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "EPROTO",
])("%s is a failure of TLS, with its cause", (code) => {
  expect(describeFailure(systemError(code, "certificate has expired\nssl/x.c:1"), CONTEXT)).toEqual(
    {
      reason: "tls",
      detail: "No secure connection to example.com:443 could be made: certificate has expired.",
    },
  );
});

test("of several addresses that were tried, the first is named", () => {
  const tried = Object.assign(new Error("first"), { address: "2001:db8::1", port: 443 });
  const error = new AggregateError([tried, systemError("ECONNREFUSED")]);
  expect(describeFailure(Object.assign(error, { code: "ECONNREFUSED" }), CONTEXT).detail).toBe(
    "Connection refused by [2001:db8::1]:443: nothing listens there.",
  );
});

test.each([
  [new errors.ConnectTimeoutError(), "timeout"],
  [new errors.SocketError("other side closed"), "reset"],
  [new errors.HeadersOverflowError(), "response_too_large"],
  [new errors.ResponseContentLengthMismatchError(), "malformed_response"],
  [new errors.InvalidArgumentError("invalid x header"), "unreachable"],
  [new Error("never seen before"), "unreachable"],
])("undici's %s has a reason and a whole sentence", (error, reason) => {
  const failure = describeFailure(error, CONTEXT);
  expect(failure.reason).toBe(reason);
  expect(failure.detail).toMatch(/^[A-Z].*example\.com:443.*\.$/);
});
