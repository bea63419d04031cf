import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { DEFAULT_RETRY_SCHEDULE, parseRetrySchedule } from "../../src/domain/retry-schedule.ts";
import { generateSecret } from "../../src/signing/secret.ts";
import { signatureHeaders } from "../../src/signing/sign.ts";
import { freePort } from "../../src/temporal/free-port.ts";
import { ROOT } from "../project/source-imports.ts";
import { blocksOf } from "../support/markdown.ts";
import { waitFor } from "../support/wait-for.ts";

/** More than the five minutes that clocks may differ. */
const OLD_S = 360;

const markdown = readFileSync(join(ROOT, "docs/receiving.md"), "utf8");
const verifying = readFileSync(join(ROOT, "docs/verifying.md"), "utf8");
const formats = readFileSync(join(ROOT, "docs/request-formats.md"), "utf8");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

/** A link to a file of examples/receive, and the block that follows. */
const shown = filesIn(markdown);

function filesIn(document: string) {
  const files = document.matchAll(
    /^\[`[^`]+`\]\(\.\.\/(examples\/[^)]+)\)\n\n```\w+\n(.*?)^```$/gms,
  );
  return [...files].map(([, path = "", text = ""]) => ({ path, text }));
}

test("it shows a verifier for each language that has a receiver", () => {
  expect(shown.map(({ path }) => path.split("/")[2])).toEqual([
    "node",
    "python",
    "go",
    "ruby",
    "php",
    "java",
    "csharp",
    "node",
  ]);
});

test("the pages about verifying and about formats show one, too", () => {
  const others = [...filesIn(verifying), ...filesIn(formats)].map(({ path }) => path);
  expect(others).toEqual([
    "examples/receive/node/verify-ed25519.mjs",
    "examples/receive/node/simple-json.mjs",
  ]);
});

test.each([...shown, ...filesIn(verifying), ...filesIn(formats)])(
  "$path is shown as it is",
  ({ path, text }) => {
    expect(text).toBe(readFileSync(join(ROOT, path), "utf8"));
  },
);

test("the README's receiver takes what is genuine, and nothing else", async () => {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-readme-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const port = await freePort();
  const file = join(directory, "receiver.mjs");
  const [block] = blocksOf(readme).filter(({ fileName }) => fileName === "receiver.mjs");
  writeFileSync(file, block?.text.replace("9000", String(port)) ?? "");
  const [secret, other] = [generateSecret("hmac256"), generateSecret("hmac256")];
  const env = { ...process.env, WEBHOOK_SECRET: secret };
  const receiver = spawn(process.execPath, [file], { env, stdio: "ignore" });
  onTestFinished(() => void receiver.kill("SIGKILL"));

  const answerTo = (signedWith: string, agoS = 0): Promise<number> =>
    waitFor("the receiver to answer", async () => {
      const timestampS = Math.floor(Date.now() / 1_000) - agoS;
      const body = '{"total":100}';
      const input = { messageId: "msg_1", timestampS, body: Buffer.from(body) };
      const headers = signatureHeaders({ ...input, secrets: [signedWith], headerSet: "both" });
      const url = `http://127.0.0.1:${port}/`;
      return fetch(url, { method: "POST", headers, body }).then(
        ({ status }) => status,
        () => undefined,
      );
    });
  expect(await answerTo(secret)).toBe(204);
  expect(await answerTo(other)).toBe(401);
  expect(await answerTo(secret, OLD_S)).toBe(401);
});

test("its table takes each message once", () => {
  const [create = "", insert = "", ...others] = blocksOf(markdown)
    .filter(({ language }) => language === "sql")
    .map(({ text }) => text);
  expect(others).toEqual([]);
  const database = new DatabaseSync(":memory:");
  database.exec(create);
  const taking = database.prepare(insert);
  const take = (id: string) => taking.run({ id, body: Buffer.from("{}") }).changes;
  expect([take("msg_1"), take("msg_1"), take("msg_2")]).toEqual([1, 0, 1]);
  database.close();
});

test("it names the waits as they are", () => {
  const waits = parseRetrySchedule(DEFAULT_RETRY_SCHEDULE).map(spelled);
  expect(markdown.replaceAll("\n", " ")).toContain(
    `Attempts follow ${waits.slice(0, -1).join(", ")} and ${waits.at(-1)} after one another`,
  );
});

function spelled(waitMs: number): string {
  if (waitMs % 3_600_000 === 0) return `${waitMs / 3_600_000} h`;
  return waitMs % 60_000 === 0 ? `${waitMs / 60_000} min` : `${waitMs / 1_000} s`;
}
