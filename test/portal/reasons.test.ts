import { describe, expect, it } from "vitest";
import { diagnose } from "../../portal/src/components/diagnosis/diagnose.ts";
import type { UnansweredReason } from "../../src/domain/attempt.ts";
import { BlockedAddressError } from "../../src/outbound/address-guard.ts";
import { describeFailure } from "../../src/outbound/failure.ts";

/** For each reason that the server has, an error that leads to it. */
const ERRORS: Readonly<Record<UnansweredReason, Error>> = {
  refused: coded("ECONNREFUSED"),
  reset: coded("ECONNRESET"),
  timeout: coded("ETIMEDOUT"),
  dns: coded("ENOTFOUND"),
  tls: coded("EPROTO", "wrong version number"),
  unreachable: coded("EHOSTUNREACH", "no route to host"),
  blocked_address: new BlockedAddressError("10.0.0.1", "a.example"),
  response_too_large: coded("UND_ERR_HEADERS_OVERFLOW"),
  malformed_response: coded("ERR_ASSERTION", "bad status"),
};

describe("the portal's words for an attempt without an answer", () => {
  it.each(Object.entries(ERRORS))(
    "are for %s the same by its name and by its sentence",
    (reason, error) => {
      const failure = describeFailure(error, { target: "a.example:443", status: undefined });
      expect(failure.reason).toBe(reason);
      const bySentence = diagnose({ responseStatusCode: 0, response: failure.detail });
      expect(bySentence).toEqual(diagnose({ responseStatusCode: 0, response: reason }));
      expect(bySentence.title).not.toBe("No answer came.");
    },
  );
});

function coded(code: string, message = ""): Error {
  return Object.assign(new Error(message), { code });
}
