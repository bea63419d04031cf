import type { ErrorObject } from "ajv";
import type { InvalidField } from "../http/problem.ts";

export type PayloadFault = {
  /** Where: a JSON pointer into the payload; "" is the payload itself. */
  readonly pointer: string;
  readonly text: string;
};

/** Whoever repairs a payload begins with these. */
const FAULTS_MAX = 100;
const TEXT_LENGTH_MAX = 300;
const POINTER_LENGTH_MAX = 1_000;

/** The first of what is wrong, each wrong place with what was wrong there. */
export function payloadFaults(errors: readonly ErrorObject[]): readonly PayloadFault[] {
  return errors.slice(0, FAULTS_MAX).map((error) => ({
    pointer: cut(error.instancePath, POINTER_LENGTH_MAX),
    text: cut(textOf(error), TEXT_LENGTH_MAX),
  }));
}

/** As every answer with 422 has them. */
export function invalidFieldOf({ pointer, text }: PayloadFault): InvalidField {
  const steps = pointer.split("/").slice(1);
  const names = steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const where = pointer === "" ? "The payload" : pointer;
  return { loc: ["body", "payload", ...names], msg: `${where} ${text}`, type: "value_error" };
}

function textOf({ message = "is not as its schema says", params, keyword }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, allowedValues, allowedValue } = params;
  const extra: unknown = additionalProperty ?? unevaluatedProperty;
  if (typeof extra === "string") return `${message}: '${extra}'`;
  if (keyword === "enum") return `${message}: ${JSON.stringify(allowedValues)}`;
  return keyword === "const" ? `${message}: ${JSON.stringify(allowedValue)}` : message;
}

function cut(text: string, lengthMax: number): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…`.toWellFormed() : text;
}
