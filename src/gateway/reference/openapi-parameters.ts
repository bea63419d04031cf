import { z } from "zod";
import { mayHaveKey, type Route } from "../route.ts";
import type { Parameter } from "./openapi-document.ts";
import type { SchemaCollection } from "./openapi-schemas.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  app_id: "The application's id or uid",
  attempt_id: "The attempt's id",
  endpoint_id: "The endpoint's id or uid",
  event_type_name: "The event type's name",
  key_id: "The key's id",
  msg_id: "The message's id or eventId",
  schedule_id: "The schedule's id",
  template_name: "The name of a set of templates",
  play_id: "The request bin's id",
  task_id: "The background task's id",
  webhook_id: "The webhook's id",
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "idempotency-key",
  in: "header",
  required: false,
  description:
    "Asked again with the same key within 12 hours, this is not done again, and answered as before",
  schema: { type: "string", minLength: 1, maxLength: 256 },
};

/** What the path names, then what the query may say, then what a header may. */
export function parameters(route: Route, schemas: SchemaCollection): readonly Parameter[] {
  const { query } = route;
  const fields = query instanceof z.ZodObject ? Object.entries<z.ZodType>(query.shape) : [];
  return [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => pathParameter(name)),
    ...fields.map(([name, field]) => queryParameter(name, field, schemas)),
    ...(mayHaveKey(route) ? [IDEMPOTENCY_KEY] : []),
  ];
}

function pathParameter(name: string): Parameter {
  const description = DESCRIPTIONS[name];
  const described = description === undefined ? {} : { description };
  return { name, in: "path", required: true, ...described, schema: { type: "string" } };
}

function queryParameter(name: string, field: z.ZodType, schemas: SchemaCollection): Parameter {
  const { description, ...schema } = schemas.add(field, "output");
  return {
    name,
    in: "query",
    required: !field.safeParse(undefined).success,
    ...(description === undefined ? {} : { description }),
    ...(schema.type === "array" ? { explode: false } : {}),
    schema,
  };
}
