/** What the API answered other than success, or that it could not be reached (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** Of a form: what is wrong with which field, by its name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown) {
    const { code, detail, fields } = readProblem(status, body);
    super(detail);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

type Issue = { readonly loc: readonly string[]; readonly msg: string };

const UNREACHABLE = "The server could not be reached. Check your connection, then try again.";

function readProblem(status: number, body: unknown) {
  if (status === 0) return { code: "unreachable", detail: UNREACHABLE, fields: {} };
  const { code, detail } = (body ?? {}) as { readonly code?: unknown; readonly detail?: unknown };
  if (Array.isArray(detail)) return readIssues(detail as readonly Issue[]);
  return {
    code: typeof code === "string" ? code : "unknown",
    detail: typeof detail === "string" ? detail : `The server answered with status ${status}.`,
    fields: {},
  };
}

function readIssues(issues: readonly Issue[]) {
  const fields = issues.map(({ loc, msg }) => [loc.slice(1).join("."), msg] as const);
  const detail = fields.map(([name, msg]) => (name === "" ? msg : `${name}: ${msg}`)).join("; ");
  return { code: "invalid", detail, fields: Object.fromEntries(fields) };
}
