import type { z } from "zod";

/** An answer other than success, in the two bodies that the API's clients know. */
export type Problem = { readonly status: number; readonly body: unknown };

export type InvalidField = {
  /** Where: "body", "query" or "path", then the way to the field. */
  readonly loc: readonly string[];
  readonly msg: string;
  readonly type: "value_error" | "value_error.jsondecode";
};

/** Thrown by handlers, answered in one place (answer-problem.ts). What is not one of these is our fault. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  /** Of a 422; of others none. */
  readonly fields: readonly InvalidField[];

  constructor(problem: Problem, fields: readonly InvalidField[] = []) {
    super(`${problem.status} ${JSON.stringify(problem.body)}`);
    this.problem = problem;
    this.fields = fields;
  }
}

/** 400, 401, 403, 404, 409, 413 …: `{code, detail}`. */
export function problem(status: number, code: string, detail: string): ProblemError {
  return new ProblemError({ status, body: { code, detail } });
}

export function notFound(detail = "Entity not found"): ProblemError {
  return problem(404, "not_found", detail);
}

export function conflict(detail: string, code = "conflict"): ProblemError {
  return problem(409, code, detail);
}

/** 422: `{detail: [{loc, msg, type}]}`, one entry for each wrong field. */
export function invalid(fields: readonly InvalidField[]): ProblemError {
  return new ProblemError({ status: 422, body: { detail: fields } }, fields);
}

/** Lets all checks end, and throws what they refuse as one: whoever repairs a body sees it all. */
export async function allValid(...checks: readonly Promise<void>[]): Promise<void> {
  const fields: InvalidField[] = [];
  for (const ended of await Promise.allSettled(checks)) {
    if (ended.status === "fulfilled") continue;
    const { reason } = ended as { readonly reason: Error };
    if (!(reason instanceof ProblemError) || reason.fields.length === 0) throw reason;
    fields.push(...reason.fields);
  }
  if (fields.length > 0) throw invalid(fields);
}

export function invalidField(loc: readonly string[], msg: string): ProblemError {
  return invalid([{ loc, msg, type: "value_error" }]);
}

/** A body can have as many wrong fields as bytes: whoever repairs it begins with these. */
const ISSUES_MAX = 100;

/** The first issues of a zod parse, under "body" or "query". */
export function invalidFields(where: "body" | "query", error: z.ZodError): ProblemError {
  return invalid(
    error.issues
      .flatMap(ofEachField)
      .flatMap(ofTheKindThatWasMeant)
      .slice(0, ISSUES_MAX)
      .map((issue) => ({
        loc: [where, ...issue.path.map(String)],
        msg: messageOf(issue),
        type: "value_error",
      })),
  );
}

/** Fields that there are not come as one issue of the object that they stand in. */
function ofEachField(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  const message = "There is no such field";
  return issue.keys.map((key) => ({ ...issue, message, path: [...issue.path, key] }));
}

/** Where one of several kinds was asked for, and what came is of one of them, but wrong inside. */
function ofTheKindThatWasMeant(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const kinds = issue.errors.map((issues) => issues.flatMap(ofEachField));
  const meant = kinds.filter((issues) => issues.every(({ path }) => path.length > 0));
  const [issues, ...others] = meant;
  if (issues === undefined || others.length > 0) return [issue];
  return issues.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Of a record's key zod says only that it is invalid, and keeps the reason inside. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}
