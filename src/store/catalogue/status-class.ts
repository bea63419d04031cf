import { sql } from "kysely";
import type { AttemptQuery } from "../catalogue.ts";

/** As the index attempt_by_status has it: a status code has three digits, 0 is no answer. */
export const STATUS_CLASS = sql<number>`attempt.status_code / 100`;

export const STATUS_CLASSES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The class of all attempts that succeeded, and of no others. */
export const SUCCEEDED_CLASS = 2;

/** The classes of the attempts that are asked for. */
export function classesOf({
  succeeded,
  statusCodeClass,
}: Pick<AttemptQuery, "succeeded" | "statusCodeClass">): readonly number[] {
  return STATUS_CLASSES.filter(
    (one) =>
      (succeeded === undefined || (one === SUCCEEDED_CLASS) === succeeded) &&
      (statusCodeClass === undefined || one === statusCodeClass / 100),
  );
}
