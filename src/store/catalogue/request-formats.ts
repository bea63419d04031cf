import type { Kysely } from "kysely";
import { isPlainFormat, PLAIN_FORMAT, type RequestFormat } from "../../domain/request-format.ts";
import type { RequestFormats } from "../catalogue-request-formats.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Tables } from "../tables.ts";
import { changeRow } from "./change-row.ts";

export function createRequestFormats(db: Kysely<Tables>, sealed: SealedEndpoint): RequestFormats {
  const read = async (endpointId: string): Promise<FormatRow | undefined> => {
    const row = await readText(db, endpointId);
    if (row === undefined) return undefined;
    const format = row.text === null ? PLAIN_FORMAT : sealed.openFormat(row.text);
    return { format, updatedAtMs: row.updatedAtMs };
  };
  return {
    async find(endpointId) {
      return (await read(endpointId))?.format ?? PLAIN_FORMAT;
    },
    findEach: async (endpointIds) => findEach(db, endpointIds, sealed),
    async change(endpointId, change, nowMs) {
      const access = {
        read: async () => read(endpointId),
        write: async ({ format, updatedAtMs }: FormatRow, found: FormatRow) => {
          const text = toFormatText(format, sealed);
          return writeText(db, endpointId, { text, updatedAtMs }, found.updatedAtMs);
        },
      };
      const row = await changeRow(access, ({ format }) => ({
        format: change(format),
        updatedAtMs: nowMs,
      }));
      return row?.format;
    },
  };
}

/** null for what is sent without any format: then no attempt reads one. */
export function toFormatText(format: RequestFormat, sealed: SealedEndpoint): string | null {
  return isPlainFormat(format) ? null : sealed.sealFormat(format);
}

type FormatRow = { readonly format: RequestFormat; readonly updatedAtMs: number };
type TextRow = { readonly text: string | null; readonly updatedAtMs: number };

async function readText(db: Kysely<Tables>, endpointId: string): Promise<TextRow | undefined> {
  return db
    .selectFrom("endpoint")
    .select(["request_format as text", "updated_at_ms as updatedAtMs"])
    .where("id", "=", endpointId)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
}

async function findEach(
  db: Kysely<Tables>,
  endpointIds: readonly string[],
  sealed: SealedEndpoint,
): Promise<ReadonlyMap<string, RequestFormat>> {
  if (endpointIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("endpoint")
    .select(["id", "request_format as text"])
    .where("id", "in", endpointIds)
    .where("deleted_at_ms", "is", null)
    .execute();
  return new Map(
    rows.flatMap(({ id, text }) => (text === null ? [] : [[id, sealed.openFormat(text)]])),
  );
}

async function writeText(
  db: Kysely<Tables>,
  endpointId: string,
  { text, updatedAtMs }: TextRow,
  foundAtMs: number,
): Promise<bigint> {
  const { numUpdatedRows } = await db
    .updateTable("endpoint")
    .set({ request_format: text, updated_at_ms: updatedAtMs })
    .where("id", "=", endpointId)
    .where("updated_at_ms", "=", foundAtMs)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows;
}
