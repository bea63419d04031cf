import type { ReplayKind } from "../../../../api/replays.ts";

type Words = {
  readonly title: string;
  readonly explains: string;
  /** What the button says. */
  readonly action: string;
  /** Where there is nothing to send. */
  readonly nothing: string;
  /** While it runs. */
  readonly doing: string;
};

export const REPLAY_KINDS: Readonly<Record<ReplayKind, Words>> = {
  recover: {
    title: "Recover failed messages",
    explains:
      "Messages whose delivery to this endpoint has failed are sent once more, oldest first. " +
      "Those that arrived are not sent twice.",
    action: "Recover",
    nothing: "Nothing has failed in that time.",
    doing: "Recovering failed messages",
  },
  "replay-missing": {
    title: "Replay missing messages",
    explains:
      "Messages that this endpoint is subscribed to and was never sent are sent now: those that " +
      "came while it was disabled, or before it was there.",
    action: "Replay",
    nothing: "Nothing is missing from that time.",
    doing: "Replaying missing messages",
  },
  "bulk-replay": {
    title: "Bulk replay",
    explains:
      "Messages that this endpoint had are sent once more, those that arrived as well. Your server " +
      "knows them by their webhook-id, which stays the same.",
    action: "Replay",
    nothing: "No message of that time fits.",
    doing: "Replaying messages",
  },
};
