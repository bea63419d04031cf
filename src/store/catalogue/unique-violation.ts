const SQLITE_CONSTRAINT_UNIQUE = 2067;
const POSTGRES_UNIQUE_VIOLATION = "23505";

/** Writes; that a uid belongs to another row is a result, anything else is thrown. */
export async function unlessUidTaken<Result>(
  write: () => Promise<Result>,
): Promise<Result | { readonly kind: "uid_taken" }> {
  try {
    return await write();
  } catch (error) {
    if (isUidTaken(error)) return { kind: "uid_taken" };
    throw error;
  }
}

function isUidTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("errcode" in error && error.errcode === SQLITE_CONSTRAINT_UNIQUE) {
    return error.message.endsWith(".uid");
  }
  if ("code" in error && error.code === POSTGRES_UNIQUE_VIOLATION) {
    return "constraint" in error && String(error.constraint).endsWith("_by_uid");
  }
  return false;
}
