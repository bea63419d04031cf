import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./source-imports.ts";

const DOCUMENTS = globSync("**/*.md", {
  cwd: ROOT,
  exclude: (path) => /(^|\/)(node_modules|\.[a-z][^/]*)$/.test(path),
});

test("there is something to read", () => {
  expect(DOCUMENTS).toContain("README.md");
});

test.each(DOCUMENTS)("the links in %s lead somewhere", (document) => {
  const text = withoutCode(readFileSync(join(ROOT, document), "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link = ""]) => link);
  const relative = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(relative.filter((link) => !leadsSomewhere(document, link))).toEqual([]);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", heading] = decodeURI(link).split("#");
  const file = path === "" ? join(ROOT, document) : join(ROOT, dirname(document), path);
  if (!existsSync(file)) return false;
  if (heading === undefined || statSync(file).isDirectory() || !file.endsWith(".md")) return true;
  return headingsOf(readFileSync(file, "utf8")).includes(heading);
}

/** As GitHub names them: lower case, no punctuation, hyphens for spaces. */
function headingsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ +(.+?) *$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```/gm, "");
}
