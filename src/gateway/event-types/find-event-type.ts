import type { EventType } from "../../domain/records.ts";
import type { Catalogue, Change } from "../../store/catalogue.ts";
import type { Principal } from "../access/principal.ts";
import { notFound } from "../http/problem.ts";
import { parameter, type PathCall } from "../route.ts";

type Deps = Pick<Catalogue, "eventTypes">;

/** Who looks at event types: some see only those that are behind no flag, or one of theirs. */
export type Viewer = Pick<Principal, "organizationId" | "featureFlags">;

/** The event type that the path names. Throws a ProblemError (404) if there is none. */
export async function findEventType({ eventTypes }: Deps, call: PathCall): Promise<EventType> {
  const name = parameter(call, "event_type_name");
  const found = await lookUpEventType(eventTypes, call.principal, name);
  if (found === undefined) throw notFound(`There is no event type ${name}`);
  return found;
}

/** A token that has none of its feature flags is not told that there is one. */
export async function lookUpEventType(
  eventTypes: Deps["eventTypes"],
  principal: Viewer,
  name: string,
): Promise<EventType | undefined> {
  const found = await eventTypes.find(principal.organizationId, name);
  return found !== undefined && isSeen(found, principal) ? found : undefined;
}

/** Changes the event type that the path names. Throws as above. */
export async function changeEventType(
  { eventTypes }: Deps,
  call: PathCall,
  change: Change<EventType>,
): Promise<EventType> {
  const name = parameter(call, "event_type_name");
  const changed = await eventTypes.change(call.principal.organizationId, name, change);
  if (changed === undefined) throw notFound();
  return changed;
}

function isSeen({ featureFlags }: EventType, principal: Viewer): boolean {
  if (featureFlags === null || principal.featureFlags === null) return true;
  return featureFlags.some((flag) => principal.featureFlags?.includes(flag));
}
