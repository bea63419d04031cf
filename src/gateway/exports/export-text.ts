import { EXPORT_ROW, type EXPORT_FORMATS, type ExportRow } from "./export-schemas.ts";

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How rows are written: what comes first, between two, and last. */
type Writing = {
  readonly contentType: string;
  readonly head: string;
  readonly between: string;
  readonly foot: string;
  readonly row: (row: ExportRow) => string;
};

const COLUMNS = EXPORT_ROW.keyof().options;
/** Spreadsheets take what begins so for a formula, and run it; some also the wide forms. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const TO_QUOTE = /[",\r\n]|^\s|\s$/;

export const WRITINGS: Readonly<Record<ExportFormat, Writing>> = {
  csv: {
    contentType: "text/csv; charset=utf-8",
    head: `${COLUMNS.join(",")}\r\n`,
    between: "",
    foot: "",
    row: (row) => `${COLUMNS.map((column) => cell(row[column])).join(",")}\r\n`,
  },
  json: {
    contentType: "application/json",
    head: "[",
    between: ",\n",
    foot: "]\n",
    row: (row) => JSON.stringify(row),
  },
  jsonl: {
    contentType: "application/x-ndjson",
    head: "",
    between: "",
    foot: "",
    row: (row) => `${JSON.stringify(row)}\n`,
  },
};

/** One text for each page: never more of it at once. */
export async function* exportText(
  format: ExportFormat,
  pages: AsyncIterable<readonly ExportRow[]>,
): AsyncGenerator<string> {
  const { head, between, foot, row } = WRITINGS[format];
  if (head !== "") yield head;
  let separator = "";
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield separator + rows.map(row).join(between);
    separator = between;
  }
  if (foot !== "") yield foot;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
