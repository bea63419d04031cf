import type { Change, WriteResult } from "../catalogue.ts";
import { unlessUidTaken } from "./unique-violation.ts";

/** Far more than calls that change one row at once: each try that fails, another call has won. */
const TRIES_MAX = 200;

type Changed = { readonly updatedAtMs: number };

type RowAccess<Row> = {
  readonly read: () => Promise<Row | undefined>;
  /** Writes the row if it was last updated when `found` was. Answers how many rows that were. */
  readonly write: (row: Row, found: Row) => Promise<bigint>;
};

/**
 * Reads a row and writes what it becomes, so that of calls that meet none is lost. A transaction
 * would have to be held across awaits, so the time of the last change serves as a revision: each
 * change moves it. Answers what was written; undefined if there is no such row.
 */
export async function changeRow<Row extends Changed>(
  { read, write }: RowAccess<Row>,
  change: Change<Row>,
): Promise<Row | undefined> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const found = await read();
    if (found === undefined) return undefined;
    const wanted = change(found);
    const updatedAtMs = Math.max(wanted.updatedAtMs, found.updatedAtMs + 1);
    const changed = { ...wanted, updatedAtMs };
    if ((await write(changed, found)) > 0n) return changed;
  }
  throw new Error(`A row was changed by others ${TRIES_MAX} times in a row`);
}

/** The same for a row whose uid may belong to another one. */
export async function changeRowWithUid<Row extends Changed>(
  access: RowAccess<Row>,
  change: Change<Row>,
): Promise<WriteResult<Row> | undefined> {
  return unlessUidTaken(async () => {
    const row = await changeRow(access, change);
    return row === undefined ? undefined : { kind: "written", row };
  });
}
