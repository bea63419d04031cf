import { describe, expect, it } from "vitest";
import { blocksOf, isAsShown } from "./markdown.ts";

describe("a document's blocks", () => {
  it("are what stands between fences, with the file that the line before names", () => {
    const markdown = "Text\n\n```sh\nls\n```\n\n`a.mjs`:\n\n```js\nrun();\n```\n";
    expect(blocksOf(markdown)).toEqual([
      { language: "sh", text: "ls\n", fileName: undefined },
      { language: "js", text: "run();\n", fileName: "a.mjs" },
    ]);
  });
});

describe("an answer", () => {
  it.each([
    [{ id: "msg_…" }, { id: "msg_1", other: 1 }, true],
    [{ id: "msg_…" }, { id: "app_1" }, false],
    [{ id: "msg_…" }, {}, false],
    [{ list: [{ a: 1 }] }, { list: [{ a: 1, b: 2 }] }, true],
    [{ list: [{ a: 1 }] }, { list: [{ a: 1 }, { a: 2 }] }, false],
    [{ a: null }, { a: null }, true],
    [{ a: null }, {}, false],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: "…b…" }, { a: "abc" }, true],
  ])("shown as %j is as shown in %j: %s", (shown, actual, expected) => {
    expect(isAsShown(shown, actual)).toBe(expected);
  });
});
