import type { EventTypeOut } from "../../api/schema.d.ts";
import { matching } from "../../components/event-types/matching.ts";

export type EventTypeGroup = {
  /** undefined: those without a group. */
  readonly name: string | undefined;
  readonly eventTypes: readonly EventTypeOut[];
};

/** What has the text in its name, group or description, by groups; those without one come last. */
export function groupsOf(
  eventTypes: readonly EventTypeOut[],
  text: string,
): readonly EventTypeGroup[] {
  const found = matching(eventTypes, text);
  const groups = Map.groupBy(found, ({ groupName }) => groupName ?? undefined);
  return [...groups]
    .map(([name, members]) => ({ name, eventTypes: members.toSorted(byName) }))
    .toSorted((a, b) => compare(a.name, b.name));
}

function byName(a: EventTypeOut, b: EventTypeOut): number {
  return a.name.localeCompare(b.name);
}

function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a.localeCompare(b);
}
