import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "./source-imports.ts";

/** There is no engine here that could build the image: this does what one stage of it does. */
test("the Dockerfile takes along all that the portal is built of", async () => {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-image-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const stage = stageOf("portal");
  const paths = pathsCopied(stage);
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) cpSync(join(ROOT, path), join(directory, path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
  const [command = ""] = stage.flatMap((line) => /^RUN node (\S+)$/.exec(line)?.[1] ?? []);
  await promisify(execFile)(process.execPath, [command], { cwd: directory });
  expect(existsSync(join(directory, "dist/portal/index.html"))).toBe(true);
});

test("what the Dockerfile takes along is sent to the build", () => {
  const sent = linesOf(".dockerignore").flatMap((line) => /^!(.*)$/.exec(line)?.[1] ?? []);
  expect(pathsCopied(linesOf("Dockerfile")).filter((path) => !sent.includes(path))).toEqual([]);
});

function stageOf(name: string): readonly string[] {
  const lines = linesOf("Dockerfile");
  const begin = lines.findIndex((line) => line.endsWith(` AS ${name}`));
  const length = lines.slice(begin + 1).findIndex((line) => line.startsWith("FROM "));
  return lines.slice(begin + 1, begin + 1 + length);
}

/** From the repository, not from another stage. */
function pathsCopied(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const [instruction, ...paths] = line.split(" ");
    return instruction === "COPY" && !line.includes("--from=") ? paths.slice(0, -1) : [];
  });
}

function linesOf(file: string): readonly string[] {
  return readFileSync(join(ROOT, file), "utf8").split("\n");
}
