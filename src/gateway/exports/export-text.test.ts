import { expect, it } from "vitest";
import { exportText, type ExportFormat } from "./export-text.ts";
import type { ExportRow } from "./export-schemas.ts";

const ROW: ExportRow = {
  messageId: "msg_1",
  eventId: null,
  eventType: "a.b",
  endpointId: "ep_1",
  url: "https://a.example/",
  state: "exhausted",
  attempts: 8,
  lastAttemptAt: null,
  statusCode: 500,
  reason: null,
  detail: null,
  nextAttemptAt: null,
};

async function textOf(format: ExportFormat, ...pages: readonly (readonly ExportRow[])[]) {
  let text = "";
  for await (const chunk of exportText(format, inTurn(pages))) text += chunk;
  return text;
}

async function* inTurn<Page>(pages: readonly Page[]): AsyncGenerator<Page> {
  yield* pages;
}

async function cellsOf(changes: Partial<ExportRow>): Promise<string> {
  const [, line = ""] = (await textOf("csv", [{ ...ROW, ...changes }])).split("\r\n");
  return line;
}

it("quotes what has a comma, a quote or a line's end", async () => {
  const line = await textOf("csv", [{ ...ROW, detail: 'said "no",\r\nthen left' }]);
  expect(line).toContain(',500,,"said ""no"",\r\nthen left",\r\n');
  expect(await cellsOf({})).toBe("msg_1,,a.b,ep_1,https://a.example/,exhausted,8,,500,,,");
});

it.each(["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "\n=1", "＝1"])(
  "lets %j begin no formula",
  async (evil) => {
    const text = await textOf("csv", [{ ...ROW, eventId: evil }]);
    expect(text).toMatch(/\r\nmsg_1,"?'/);
    expect(text).toContain(`'${evil}`);
  },
);

it("writes one JSON list, however the rows are paged", async () => {
  for (const pages of [[], [[]], [[ROW]], [[ROW, ROW], [], [ROW]]]) {
    expect(JSON.parse(await textOf("json", ...pages))).toEqual(pages.flat());
  }
});

it("writes a JSON object a line", async () => {
  const lines = (await textOf("jsonl", [ROW, ROW], [ROW])).split("\n");
  expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual([ROW, ROW, ROW]);
});
