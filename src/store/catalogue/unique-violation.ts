import type { WriteResult } from "../catalogue.ts";

const SQLITE_CONSTRAINT_UNIQUE = 2067;
const POSTGRES_UNIQUE_VIOLATION = "23505";

/** Writes a row; that its uid belongs to another one is a result, anything else is thrown. */
export async function writeUnlessUidTaken<Row>(
  row: Row,
  write: () => Promise<unknown>,
): Promise<WriteResult<Row>> {
  try {
    await write();
    return { kind: "written", row };
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
