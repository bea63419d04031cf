import type { OpenApiDocument, Tag } from "./openapi-document.ts";
import type { Located } from "./reference-operation.ts";

/** Whatever else there is comes after these, as the table of routes has it. */
const VERBS_FIRST = ["create", "list", "get", "update", "upsert", "patch", "delete"];

export type Group = { readonly tag: Tag; readonly operations: readonly Located[] };

/** The operations by their tags, in the order in which somebody reads about them. */
export function groupsToRead(document: OpenApiDocument): readonly Group[] {
  return document.tags.map((tag) => ({ tag, operations: operationsOf(document, tag) }));
}

function operationsOf({ paths }: OpenApiDocument, { name }: Tag): readonly Located[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
  return operations.filter(({ operation }) => operation.tags.includes(name)).toSorted(byVerb);
}

/** What nobody should begin to use stands last. */
function byVerb(a: Located, b: Located): number {
  const isLast = Number(a.operation.deprecated ?? false) - Number(b.operation.deprecated ?? false);
  return isLast || verbRank(a) - verbRank(b);
}

/** Of "v1.endpoint.create", "patch_endpoint" and "v1.message-attempt.list-by-msg". */
function verbRank({ operation: { operationId } }: Located): number {
  const last = operationId.split(".").at(-1) ?? "";
  const verb = /^(?:patch(?=_)|list(?=-))/.exec(last)?.[0] ?? last;
  const rank = VERBS_FIRST.indexOf(verb);
  return rank === -1 ? VERBS_FIRST.length : rank;
}
