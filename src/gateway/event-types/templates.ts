import playground from "./templates/playground.json" with { type: "json" };
import runa from "./templates/runa.json" with { type: "json" };

export type EventTypeTemplate = {
  readonly name: string;
  readonly description: string;
  readonly groupName: string;
  /** With an example that is as they say. */
  readonly schemas: Readonly<Record<string, unknown>>;
};

export type TemplateSet = {
  readonly name: string;
  readonly description: string;
  readonly eventTypes: readonly EventTypeTemplate[];
};

/** Event types to begin with, by what sends them. */
export const TEMPLATE_SETS: readonly TemplateSet[] = [
  {
    name: "runa",
    description: "A platform that sells gift cards: orders and products",
    eventTypes: runa,
  },
  {
    name: "playground",
    description: "A place to try things out together: playgrounds, simulations, comments, assets",
    eventTypes: playground,
  },
];

export function findTemplateSet(name: string): TemplateSet | undefined {
  return TEMPLATE_SETS.find((set) => set.name === name);
}
