import type { EventTypeOut } from "../../../../api/schema.d.ts";
import { versionsOf } from "../../../../components/schema/versions.ts";

/** An event type that can be tried out. */
export type Choice = {
  readonly name: string;
  readonly description: string;
  /** The newest JSON schema; undefined where there is none. */
  readonly schema: unknown;
  /** As text, to be edited. */
  readonly examples: readonly string[];
};

/** Known to every installation, whatever its event types are. */
const PING: Choice = {
  name: "svix.ping",
  description: "Says nothing but that messages arrive.",
  schema: undefined,
  examples: [textOf({ success: true })],
};

export function choicesOf(
  eventTypes: readonly Pick<EventTypeOut, "name" | "description" | "schemas">[],
): readonly [Choice, ...Choice[]] {
  return [
    PING,
    ...eventTypes
      .filter(({ name }) => name !== PING.name)
      .map((eventType) => {
        const versions = versionsOf(eventType);
        const withExamples = versions.find(({ examples }) => examples.length > 0);
        return {
          name: eventType.name,
          description: eventType.description,
          schema: versions[0]?.schema,
          examples: (withExamples?.examples ?? []).map(textOf),
        };
      }),
  ];
}

/** Of what the endpoint wants, the first that has an example; else any that has one. */
export function firstChoice(
  choices: readonly [Choice, ...Choice[]],
  wanted: readonly string[] | null,
): Choice {
  const [ping, ...others] = choices;
  const exemplary = others.filter(({ examples }) => examples.length > 0);
  return exemplary.find(({ name }) => wanted?.includes(name)) ?? exemplary[0] ?? ping;
}

/** What is wrong with a payload; undefined if nothing is. */
export function payloadFault(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? undefined : "A payload is a JSON object: it begins with {.";
  } catch (error) {
    return `This is not JSON. ${error instanceof Error ? error.message : ""}`;
  }
}

function textOf(example: object): string {
  return JSON.stringify(example, null, 2);
}
