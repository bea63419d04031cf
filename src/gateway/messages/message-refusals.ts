import type { Accepted } from "../../delivery/accept.ts";
import { conflict, invalidField, notFound, type ProblemError } from "../http/problem.ts";

type Refused = Exclude<Accepted["kind"], "accepted" | "repeated">;

/** Why a message was not accepted. */
export function refused(kind: Refused, eventType: string): ProblemError {
  return REFUSALS[kind](eventType);
}

export function eventIdTaken(): ProblemError {
  return conflict("A message with this eventId already exists in the application");
}

const REFUSALS: Readonly<Record<Refused, (eventType: string) => ProblemError>> = {
  unknown_application: () => notFound(),
  event_type_archived: (eventType) =>
    invalidField(["body", "eventType"], `The event type ${eventType} is archived`),
  event_id_taken: eventIdTaken,
};
