import { scopeOf } from "../access/scope-of.ts";
import { HTTP_ERROR_OUT, HTTP_VALIDATION_ERROR } from "../http/problem-schemas.ts";
import { mayHaveKey, type Route } from "../route.ts";
import type { Response } from "./openapi-document.ts";
import type { SchemaCollection } from "./openapi-schemas.ts";

/** Clients are generated to expect these of every operation. */
const EXPECTED_STATUSES = [401, 403, 404, 409, 422, 429];
const INVALID = 422;
const TOO_MANY = 429;

/** What each means, unless an operation says otherwise of its own. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: "The request cannot be understood: a query parameter of the wrong type, a broken encoding",
  401: "The token or key is missing or wrong, or has expired or was revoked",
  403: "The token or key may not do this: the operation says which may",
  404: "What the path names does not exist, or not for this token",
  413: "The body is larger than PAYLOAD_BYTES_MAX, 2 MiB unless the operator says otherwise",
  415: "The body has a Content-Encoding other than gzip, deflate or br",
  422: "A field has a value that it may not have, or is missing",
  429: "The token or key has made too many requests: wait as long as Retry-After says. Only where the operator has set API_RATE_LIMIT",
};

const RESERVED =
  "Never answered by this operation; named because clients of this API are generated to expect it";

const RETRY_AFTER = { description: "Seconds", schema: { type: "integer", minimum: 1 } } as const;

/** All answers but success, by status. What `route` never answers is marked as reserved. */
export function refusals(
  route: Route,
  schemas: SchemaCollection,
): Readonly<Record<string, Response>> {
  const possible = possibleStatuses(route);
  const expected = [...EXPECTED_STATUSES, ...(route.reserved ?? [])];
  const reserved = expected.filter((status) => !possible.includes(status));
  return Object.fromEntries([
    ...possible.map((status) => {
      const conflict = status === 409 ? route.conflict : undefined;
      const own = route.refusals?.[status] ?? conflict;
      return [status, refusal(status, own ?? REFUSALS[status] ?? "", schemas)] as const;
    }),
    ...reserved.map((status) => [status, reservedAnswer(status, schemas)] as const),
  ]);
}

function possibleStatuses(route: Route): readonly number[] {
  const own = Object.keys(route.refusals ?? {}).map(Number);
  const conflict = route.conflict === undefined ? [] : [409];
  return [...inputStatuses(route), ...callerStatuses(route), ...conflict, ...own];
}

function inputStatuses(route: Route): readonly number[] {
  const hasParameters = route.path.includes("{");
  const hasFields = route.query !== undefined || route.body !== undefined;
  return [
    ...(hasParameters || hasFields || mayHaveKey(route) ? [400] : []),
    ...(hasParameters ? [404] : []),
    ...(route.body === undefined ? [] : [413, 415]),
    ...(hasFields ? [INVALID] : []),
  ];
}

function callerStatuses(route: Route): readonly number[] {
  if (route.access === "anyone") return [];
  const isForAnyone = route.access === "application" && scopeOf(route) === null;
  return isForAnyone ? [401, TOO_MANY] : [401, 403, TOO_MANY];
}

function reservedAnswer(status: number, schemas: SchemaCollection): Response {
  if (status < 400) return { description: RESERVED, "x-reserved": true };
  return { ...refusal(status, RESERVED, schemas), "x-reserved": true };
}

function refusal(status: number, description: string, schemas: SchemaCollection): Response {
  const body = status === INVALID ? HTTP_VALIDATION_ERROR : HTTP_ERROR_OUT;
  return {
    description,
    ...(status === TOO_MANY && { headers: { "Retry-After": RETRY_AFTER } }),
    content: { "application/json": { schema: schemas.add(body, "output") } },
  };
}
