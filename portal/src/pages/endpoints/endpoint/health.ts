import { manyWords } from "../../../components/numbers.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";

type Endpoint = Pick<EndpointOut, "disabled" | "disabledReason" | "failedAttempts">;

export type Health = {
  readonly tone: "fail" | "wait" | "quiet";
  readonly title: string;
  /** What that means, and what to do. */
  readonly advice: string;
};

/** Why nothing is sent to it, or will not be soon; undefined where all is well. */
export function healthOf(
  endpoint: Endpoint & Pick<EndpointOut, "failingSince">,
): Health | undefined {
  if (endpoint.disabled) return disabledHealth(endpoint);
  if (endpoint.failingSince === null) return undefined;
  return {
    tone: "wait",
    title: "Its last attempts failed",
    advice:
      "Messages are sent again as its retry schedule says, and what has failed for good can be " +
      "recovered from Options. If none arrives for days, the endpoint is disabled.",
  };
}

function disabledHealth({ disabledReason, failedAttempts }: Endpoint): Health {
  switch (disabledReason) {
    case "failing":
      return {
        tone: "fail",
        title: "It was disabled because it kept failing",
        advice:
          `${attemptsWords(failedAttempts)} in a row. Repair your server, enable the ` +
          "endpoint, send an example from Testing, and then recover what failed from Options.",
      };
    case "gone":
      return {
        tone: "fail",
        title: "It was disabled because your server answered 410 Gone",
        advice:
          "With 410 a server asks to be sent nothing more. If that was a mistake, repair it, enable " +
          "the endpoint, and then recover what failed from Options.",
      };
    case "owner":
    case null:
      return {
        tone: "quiet",
        title: "It is disabled",
        advice:
          "Nothing is sent to it. When you have enabled it, Options › Replay missing messages sends " +
          "what it missed.",
      };
  }
}

function attemptsWords(count: number | null): string {
  if (count === null) return "Its attempts failed";
  return `${manyWords(count, "attempt")} failed`;
}
