import type { Operation, Response } from "./openapi-document.ts";
import { MASK } from "../endpoints/request-format-schemas.ts";
import { EXAMPLE_BODIES } from "./reference-example-bodies.ts";

const NO_BODY = "204";

type Example = { readonly status: string; readonly body: unknown };

/** A success as it could come to curl; undefined where that has no body. */
export function answerExample(operation: Operation): Example | undefined {
  const successes = Object.entries(operation.responses).filter(isSuccess);
  if (successes.some(([status]) => status === NO_BODY)) return undefined;
  // What creates answers 200 where the thing was there already, which is not the ordinary case.
  const creates = operation.operationId.endsWith(".create");
  const [status, answer] = successes.at(creates ? -1 : 0) ?? [];
  const body = answer && bodyExample(answer, operation);
  return status === undefined || body === undefined ? undefined : { status, body };
}

function isSuccess([status, response]: readonly [string, Response]): boolean {
  return status < "300" && response["x-reserved"] !== true;
}

function bodyExample({ content }: Response, operation: Operation): unknown {
  const schema = content?.["application/json"]?.schema;
  if (schema === undefined) return undefined;
  const id = schema.$ref?.split("/").at(-1) ?? operation.operationId;
  const row = /^ListResponse_(\w+)_$/.exec(id)?.[1];
  const example = EXAMPLE_BODIES[row ?? id];
  if (example === undefined) return undefined;
  return row === undefined ? asAsked(example, operation) : listOf(example);
}

function listOf(row: Readonly<Record<string, unknown>>): unknown {
  const key = String(row["id"] ?? row["name"] ?? row["endpointId"]);
  return { data: [row], iterator: key, prevIterator: `-${key}`, done: true };
}

/** With the values that the example of a body gives to the same fields, but for what is masked. */
function asAsked(example: Readonly<Record<string, unknown>>, { requestBody }: Operation): unknown {
  const asked = requestBody?.content["application/json"].example ?? {};
  const kept = Object.entries(asked).filter(
    ([name]) => name in example && !isMasked(example[name]),
  );
  return { ...example, ...Object.fromEntries(kept) };
}

function isMasked(shown: unknown): boolean {
  return JSON.stringify(shown).includes(MASK);
}
