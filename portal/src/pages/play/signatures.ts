import type { PlayRequestOut } from "../../api/schema.d.ts";
import type { Tone } from "../../components/status/status-badge.tsx";

type Words = { readonly tone: Tone; readonly label: string; readonly advice: string };

/** What the check of a request's signature came to, and what that means. */
export const SIGNATURES: Readonly<Record<PlayRequestOut["signature"], Words>> = {
  verified: {
    tone: "success",
    label: "Signature verified",
    advice: "It was signed with the secret, and nobody has changed it on its way.",
  },
  stale: {
    tone: "wait",
    label: "Signature too old",
    advice:
      "The signature is right, but its timestamp is more than five minutes off: somebody may have " +
      "kept the request and sent it again. A receiver should refuse it.",
  },
  wrong: {
    tone: "fail",
    label: "Signature wrong",
    advice: "It was signed with another secret, or changed on its way. A receiver must refuse it.",
  },
  none: {
    tone: "quiet",
    label: "Not signed",
    advice: "It has no signature, so it was not sent by your webhooks’ sender.",
  },
  unchecked: {
    tone: "quiet",
    label: "Not checked",
    advice:
      "There was no secret to check with when it came. Enter the endpoint’s, and later requests " +
      "are checked.",
  },
};
