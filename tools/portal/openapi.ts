import { hash } from "node:crypto";
import { routes } from "../../src/gateway/app.ts";
import { openApiDocument } from "../../src/gateway/reference/openapi.ts";

/** What is only for readers, or of answers that the portal takes as one kind of error. */
const LEFT_OUT = new Set(["description", "summary", "examples", "example", "tags"]);

/** The API's document, as far as the portal's types follow from it. */
export function documentForTypes(): string {
  // Nobody calls the routes here, so they need nothing to work with.
  const document = openApiDocument(routes({} as Parameters<typeof routes>[0]));
  return JSON.stringify(document, withoutProse, 1);
}

/** Stands in the first line of the portal's types, to tell when they are out of date. */
export function documentHash(): string {
  return hash("sha256", documentForTypes(), "hex");
}

function withoutProse(this: object, key: string, value: unknown): unknown {
  if (key === "responses") return successesOf(value as object);
  return LEFT_OUT.has(key) && typeof value !== "object" ? undefined : value;
}

function successesOf(responses: object): object {
  const kept = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  return Object.fromEntries(
    kept.map(([status, response]) => [status, { ...response, description: "" }]),
  );
}
