import type { DeliveryOut } from "../../../api/schema.d.ts";
import { manyWords } from "../../../components/numbers.ts";
import type { Status } from "../../../components/status/status-badge.tsx";

type Words = { readonly status: Status; readonly text: string };

/** What has become of a delivery, and why no attempt follows where none does. */
export function deliveryWords({ state, attemptsMade }: DeliveryOut): Words {
  return WORDS[state](attemptsMade);
}

const WORDS: Readonly<Record<DeliveryOut["state"], (made: number) => Words>> = {
  pending: (made) =>
    made === 0
      ? { status: "pending", text: "Not attempted yet." }
      : { status: "sending", text: `${attempts(made)} failed so far.` },
  succeeded: () => ({ status: "success", text: "Delivered." }),
  exhausted: (made) => ({
    status: "fail",
    text: `Given up: ${attempts(made)} failed, and none follows.`,
  }),
  endpoint_gone: () => ({ status: "fail", text: "Given up: the endpoint answered 410, Gone." }),
  endpoint_disabled: () => ended("the endpoint was disabled"),
  endpoint_deleted: () => ended("the endpoint was deleted"),
  expunged: () => ended("the payload was deleted"),
  canceled: (made) => ({
    status: "canceled",
    text:
      made === 0
        ? "Canceled before its first scheduled attempt."
        : `Canceled after ${attempts(made)}.`,
  }),
};

function ended(because: string): Words {
  return { status: "canceled", text: `Ended, because ${because}.` };
}

/** Those by hand are not counted: they are no part of the schedule. */
function attempts(count: number): string {
  return manyWords(count, "scheduled attempt");
}
