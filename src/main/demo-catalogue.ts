import { newestExamples } from "../gateway/event-types/example-payload.ts";
import { TEMPLATE_SETS } from "../gateway/event-types/templates.ts";

const NAMES = ["order.completion", "product.update", "playground-created"];

export const DEMO_EVENT_TYPES = TEMPLATE_SETS.flatMap(({ eventTypes }) => eventTypes).filter(
  ({ name }) => NAMES.includes(name),
);

/** What a platform that sells gift cards sends. */
export const GIFT_CARD_ORDER = exampleOf("order.completion");

function exampleOf(name: string): object {
  const template = DEMO_EVENT_TYPES.find((one) => one.name === name);
  return newestExamples(template?.schemas ?? null)?.payloads[0] ?? {};
}
