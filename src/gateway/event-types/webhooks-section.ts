import type { z } from "zod";
import { issueText } from "../http/issue-text.ts";
import { invalid, invalidField, type InvalidField } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { isObject, type Members } from "../input/json-object.ts";
import { bundleSchema, type Spend } from "./bundle-schema.ts";
import { EVENT_TYPE_IN } from "./event-type-schemas.ts";
import type { Specification } from "./read-specification.ts";
import { follow, type Source } from "./references.ts";

const SECTIONS = ["webhooks", "x-webhooks"];
const METHODS = ["post", "put", "patch", "delete", "get", "query", "head", "options", "trace"];
const WEBHOOKS_MAX = 1_000;
/** Of all descriptions and schemas together: each schema has a copy of what it refers to. */
const CHARACTERS_MAX = 16 * 1024 * 1024;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

export type DescribedEventType = z.output<typeof EVENT_TYPE_IN>;

/**
 * The event types that an OpenAPI document describes in its `webhooks` or `x-webhooks`. Throws a
 * ProblemError (422) that names all that cannot be one.
 */
export function describedEventTypes({
  document,
  field,
}: Specification): readonly DescribedEventType[] {
  const found = webhooksOf(document, field);
  const faults: InvalidField[] = [];
  const described: DescribedEventType[] = [];
  const spend = createSpend(field);
  for (const { section, name, item } of found) {
    const loc = ["body", field, section, name];
    const raw = describe({ document, loc }, name, item, spend);
    const parsed = EVENT_TYPE_IN.safeParse(raw, { error: issueText });
    if (parsed.success) described.push(parsed.data);
    else faults.push(...faultsOf(parsed.error, name, loc));
  }
  if (faults.length > 0) throw invalid(faults);
  return described;
}

type Webhook = { readonly section: string; readonly name: string; readonly item: unknown };

/** One that is in both sections is described by the first. */
function webhooksOf(document: Members, field: string): readonly Webhook[] {
  const sections = SECTIONS.filter((section) => isObject(document[section]));
  if (sections.length === 0) {
    throw invalidField(["body", field], "The document has no section webhooks, nor x-webhooks");
  }
  const found = sections
    .toReversed()
    .flatMap((section) =>
      Object.entries(document[section] ?? {}).map(([name, item]) => ({ section, name, item })),
    );
  if (found.length > WEBHOOKS_MAX) {
    throw invalidField(["body", field], `The document has over ${WEBHOOKS_MAX} webhooks`);
  }
  return [...new Map(found.map((webhook) => [webhook.name, webhook])).values()];
}

function describe(source: Source, name: string, item: unknown, spend: Spend) {
  const path = follow(source, item);
  const whole = isObject(path) ? path : {};
  const operation = METHODS.map((method) => whole[method]).find(isObject) ?? {};
  const texts = [operation, whole].flatMap((one) => [one["description"], one["summary"]]);
  const description = texts.find((text) => typeof text === "string") ?? "";
  spend(description.length);
  const schema = payloadSchema(source, operation, spend);
  return {
    name,
    description,
    deprecated: operation["deprecated"] === true,
    groupName: groupOf(operation),
    featureFlags: operation["x-svix-feature-flags"] ?? undefined,
    featureFlag: operation["x-svix-feature-flag"] ?? undefined,
    schemas: schema === undefined ? null : { "1": schema },
  };
}

/** The group that it is said to be in; or its first tag, if that can be a group's name. */
function groupOf(operation: Members): unknown {
  const said = operation["x-svix-group-name"];
  if (said !== undefined && said !== null) return said;
  const tags: readonly unknown[] = Array.isArray(operation["tags"]) ? operation["tags"] : [];
  return NAME.safeParse(tags[0]).data ?? null;
}

function payloadSchema(source: Source, operation: Members, spend: Spend): Members | undefined {
  const body = follow(source, operation["requestBody"]);
  const content = isObject(body) && isObject(body["content"]) ? body["content"] : {};
  const type = Object.keys(content).find((name) => JSON_TYPE.test(name));
  const media = type === undefined ? undefined : content[type];
  if (!isObject(media)) return undefined;
  const schema = withoutReference(source, media["schema"]);
  const examples = examplesOf(source, media, schema);
  if (schema === undefined && examples.length === 0) return undefined;
  const whole = examples.length === 0 ? (schema ?? {}) : { ...schema, examples };
  return bundleSchema(source, whole, spend);
}

/** A schema that is only a reference, perhaps with a text of its own, is what it refers to. */
function withoutReference(source: Source, schema: unknown): Members | undefined {
  if (!isObject(schema)) return undefined;
  const { $ref: _, ...own } = schema;
  const isOnlyText = Object.keys(own).every((key) => ["description", "summary"].includes(key));
  const target = isOnlyText ? follow(source, schema) : schema;
  return isObject(target) ? { ...target, ...own } : schema;
}

/** The schema's own, else those of the media type; all are JSON schema's examples in the end. */
function examplesOf(source: Source, media: Members, schema: Members | undefined) {
  const { examples, example } = schema ?? {};
  if (Array.isArray(examples)) return examples as readonly unknown[];
  if (example !== undefined) return [example];
  if (media["example"] !== undefined) return [media["example"]];
  const named = isObject(media["examples"]) ? Object.values(media["examples"]) : [];
  return named
    .map((one) => follow(source, one))
    .flatMap((one) => (isObject(one) && one["value"] !== undefined ? [one["value"]] : []));
}

function faultsOf(error: z.ZodError, name: string, loc: readonly string[]) {
  return error.issues.map(({ path, message }): InvalidField => {
    const msg = path[0] === "name" ? `"${name}" is not an event type's name: ${message}` : message;
    return { loc: [...loc, ...path.map(String)], msg, type: "value_error" };
  });
}

/** A document can say little that stands for much, so it is counted before it is copied. */
function createSpend(field: string): Spend {
  let spent = 0;
  return (characters) => {
    spent += characters;
    if (spent <= CHARACTERS_MAX) return;
    const mebibytes = CHARACTERS_MAX / 1024 / 1024;
    const text = `The schemas, each with all that it refers to, have over ${mebibytes} MiB`;
    throw invalidField(["body", field], text);
  };
}
