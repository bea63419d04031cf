import type { ErrorObject } from "ajv";
import type { Members } from "../input/json-object.ts";
import { isObject } from "../input/json-object.ts";
import { compileSchema } from "./compile-schema.ts";
import { payloadFaults, type PayloadFault } from "./payload-faults.ts";
import { finishesWithin } from "./within-time.ts";

/** Whether payloads are as a schema says. */
export type PayloadSchema = {
  /** `bytes`: about how long it is as JSON. Never throws. */
  readonly check: (payload: unknown, bytes: number) => Verdict;
  /** What it costs to keep. */
  readonly characters: number;
};

export type Verdict =
  | { readonly kind: "valid" }
  | { readonly kind: "invalid"; readonly faults: readonly PayloadFault[] }
  /** The schema cannot say it. */
  | { readonly kind: "unchecked"; readonly why: string };

const CHECK_MS_MAX = 50;
/** After a payload that took so long: all others would be held up again by the next one. */
const PAUSE_MS = 60_000;
/** Of characters of the schema times bytes of the payload: less is checked in a few milliseconds. */
const WORK_MAX = 50_000_000;
/** What can take longer than the lengths of schema and payload say. */
const SLOW_KEYWORDS = [
  "$ref",
  "$dynamicRef",
  "$recursiveRef",
  "pattern",
  "patternProperties",
  "uniqueItems",
];

const TOO_SLOW: Verdict = {
  kind: "unchecked",
  why: `it took over ${CHECK_MS_MAX} ms, and is tried again after ${PAUSE_MS / 1_000} s`,
};

export function payloadSchema(schema: Members): PayloadSchema {
  const compiled = compileSchema(schema);
  if (compiled.kind === "unusable") return unusable(compiled.why);
  const { validate, characters } = compiled;
  const isSlow = hasSlowKeyword(schema);
  let pausedUntilMs = 0;

  return {
    characters,
    check(payload, bytes) {
      if (performance.now() < pausedUntilMs) return TOO_SLOW;
      try {
        const isTimed = isSlow || characters * bytes > WORK_MAX;
        const isDone = isTimed
          ? finishesWithin(CHECK_MS_MAX, () => validate(payload))
          : [validate(payload)].length === 1;
        if (isDone) return verdict(validate.errors);
        pausedUntilMs = performance.now() + PAUSE_MS;
        return TOO_SLOW;
      } catch (error) {
        // Such as one that goes round in circles until the stack is full.
        return { kind: "unchecked", why: error instanceof Error ? error.message : String(error) };
      } finally {
        // They hold on to the payload.
        validate.errors = null;
      }
    },
  };
}

function unusable(why: string): PayloadSchema {
  return { characters: 0, check: () => ({ kind: "unchecked", why: `its schema: ${why}` }) };
}

function verdict(errors: readonly ErrorObject[] | null | undefined): Verdict {
  if (errors === null || errors === undefined) return { kind: "valid" };
  return { kind: "invalid", faults: payloadFaults(errors) };
}

/** Also where it is but the name of a property: then it is only timed for nothing. */
function hasSlowKeyword(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasSlowKeyword);
  if (!isObject(schema)) return false;
  return (
    SLOW_KEYWORDS.some((keyword) => keyword in schema) || hasSlowKeyword(Object.values(schema))
  );
}
