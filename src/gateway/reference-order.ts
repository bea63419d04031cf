import type { OpenApiDocument, Tag } from "./openapi-document.ts";
import type { Located } from "./reference-operation.ts";

/** What people come for stands first; a tag that is not named here stands before the last. */
const TAGS_FIRST = ["Message", "Endpoint", "Application", "Event Type", "Message Attempt"];
const TAG_LAST = "Health";
const VERBS_FIRST = ["create", "list", "get", "update", "patch", "delete"];

export type Group = { readonly tag: Tag; readonly operations: readonly Located[] };

/** The operations by their tags, both in the order in which somebody reads about them. */
export function groupsToRead(document: OpenApiDocument): readonly Group[] {
  const tags = document.tags.toSorted((a, b) => tagRank(a) - tagRank(b));
  return tags.map((tag) => ({ tag, operations: operationsOf(document, tag) }));
}

function tagRank({ name }: Tag): number {
  if (name === TAG_LAST) return Infinity;
  return rank(TAGS_FIRST, name);
}

function operationsOf({ paths }: OpenApiDocument, { name }: Tag): readonly Located[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
  return operations
    .filter(({ operation }) => operation.tags.includes(name))
    .toSorted((a, b) => verbRank(a) - verbRank(b));
}

/** Of "v1.endpoint.create", "patch_endpoint" and "v1.message-attempt.list-by-msg". */
function verbRank({ operation: { operationId } }: Located): number {
  const last = operationId.split(".").at(-1) ?? "";
  const verb = /^(?:patch(?=_)|list(?=-))/.exec(last)?.[0] ?? last;
  return rank(VERBS_FIRST, verb);
}

function rank(first: readonly string[], name: string): number {
  const index = first.indexOf(name);
  return index === -1 ? first.length : index;
}
