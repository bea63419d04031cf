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
/** Of characters of the schema times bytes of the payload: less is mostly a few milliseconds. */
const WORK_MAX = 5_000_000;
/** What has once taken longer without a limit has one from then on. */
const QUICK_MS_MAX = 5;
/** What can take longer than the lengths of schema and payload say. */
const SLOW_KEYWORDS = ["$ref", "$dynamicRef", "$recursiveRef", "patternProperties"];
/** Letters and sets of them: nothing that could be matched in two ways. */
const QUICK_PATTERN = /^\^?(?:[\w -]|\[[^\]\\]+\]|\\[dws])*\$?$/;
/** Also how often exactly; but else each place would take as long as the numbers say. */
const QUICK_AT_BEGINNING = /^\^(?:[\w -]|\[[^\]\\]+\]|\\[dws]|\{\d{1,3}\})*\$?$/;
/** Of a payload whose list's items are compared, each with all others. */
const COMPARED_BYTES_MAX = 4_000;

const TOO_SLOW: Verdict = {
  kind: "unchecked",
  why: `it took over ${CHECK_MS_MAX} ms, and is tried again after ${PAUSE_MS / 1_000} s`,
};

export function payloadSchema(schema: Members): PayloadSchema {
  const compiled = compileSchema(schema);
  if (compiled.kind === "unusable") return unusable(compiled.why);
  const { validate, characters } = compiled;
  const slow = slownessOf(schema);
  let wasSlow = false;
  const isSlow = (bytes: number): boolean =>
    slow.always ||
    wasSlow ||
    characters * bytes > WORK_MAX ||
    (slow.compares && bytes > COMPARED_BYTES_MAX);
  const finishes = (payload: unknown, bytes: number): boolean => {
    if (isSlow(bytes)) return finishesWithin(CHECK_MS_MAX, () => validate(payload));
    const beganAtMs = performance.now();
    validate(payload);
    wasSlow = performance.now() - beganAtMs > QUICK_MS_MAX;
    return true;
  };
  let pausedUntilMs = 0;

  return {
    characters,
    check(payload, bytes) {
      if (performance.now() < pausedUntilMs) return TOO_SLOW;
      try {
        if (finishes(payload, bytes)) return verdict(validate.errors);
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

type Slowness = { readonly always: boolean; readonly compares: boolean };

/** Also where a keyword is but the name of a property: then it is only timed for nothing. */
function slownessOf(schema: unknown): Slowness {
  if (typeof schema !== "object" || schema === null) return { always: false, compares: false };
  const { pattern, uniqueItems } = isObject(schema) ? schema : {};
  const hasKeyword = SLOW_KEYWORDS.some((keyword) => keyword in schema);
  const isQuick =
    typeof pattern !== "string" ||
    [QUICK_PATTERN, QUICK_AT_BEGINNING].some((quick) => quick.test(pattern));
  const inner = Object.values(schema).map(slownessOf);
  return {
    always: hasKeyword || !isQuick || inner.some(({ always }) => always),
    compares: uniqueItems !== undefined || inner.some(({ compares }) => compares),
  };
}
