import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../src/temporal/free-port.ts";
import { ROOT } from "../project/source-imports.ts";
import { JWT_SECRET, type Installation } from "./installation.ts";
import { blocksOf, type Block } from "./markdown.ts";

/** A command whose answer the document shows. */
export type Step = {
  readonly command: string;
  /** Its last line: the answer of the last call. */
  readonly printed: string;
  /** The answer's JSON, with "…" for what differs. */
  readonly shown: unknown;
};

const POSTHORN = "http://127.0.0.1:8071";
const RECEIVER_PORT = "9100";
/** Commands may wait for something that never comes; nobody else would end them. */
const SHELL_MS_MAX = 100_000;

// The commands run in the reader's folder of Posthorn; here in a folder of the test's. A reader's
// machine has nothing else to do, so there a second is longer.
const PRELUDE = `
set -eu
npm() { command npm --prefix "$POSTHORN_FOLDER" "$@"; }
sleep() { command sleep "$(($1 * 2))"; }
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
`;

/**
 * Writes the files that a document names and runs its `sh` blocks, in its order, in one shell.
 * Returns those that an answer (`json`) follows. Throws if a command fails.
 */
export async function runDocument(
  markdown: string,
  posthorn: Pick<Installation, "url" | "dataDir">,
): Promise<readonly Step[]> {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-document-"));
  try {
    const port = String(await freePort());
    const text = markdown.replaceAll(POSTHORN, posthorn.url).replaceAll(RECEIVER_PORT, port);
    const blocks = blocksOf(text);
    await runShell(blocks, directory, posthorn);
    return stepsOf(blocks, (command) => printedBy(directory, blocks.indexOf(command)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runShell(
  blocks: readonly Block[],
  directory: string,
  { dataDir }: Pick<Installation, "dataDir">,
): Promise<void> {
  const shell = spawn("bash", ["-c", PRELUDE + blocks.map(scriptOf).join("")], {
    cwd: directory,
    env: {
      ...process.env,
      JWT_SECRET,
      DATA_DIR: dataDir,
      POSTHORN_FOLDER: ROOT,
      PRINTED: directory,
    },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: SHELL_MS_MAX,
  });
  const errors: string[] = [];
  shell.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const [code] = await once(shell, "close");
  if (code === 0) return;
  const failed = blocks.findLastIndex((_, i) => existsSync(join(directory, `printed-${i}`)));
  throw new Error(`${blocks[failed]?.text}${printedBy(directory, failed)}\n${errors.join("")}`);
}

/** In the folder where the shell is by then, as the reader would. */
function scriptOf({ language, text, fileName }: Block, index: number): string {
  if (fileName !== undefined) return `cat > ${fileName} <<'END_OF_FILE'\n${text}END_OF_FILE\n`;
  return language === "sh" ? `{\n${text}} > "$PRINTED/printed-${index}"\n` : "";
}

function printedBy(directory: string, index: number): string {
  return readFileSync(join(directory, `printed-${index}`), "utf8").trim();
}

function stepsOf(blocks: readonly Block[], printed: (command: Block) => string): readonly Step[] {
  return blocks.flatMap((block, i) => {
    const command = blocks[i - 1];
    if (block.language !== "json" || command?.language !== "sh") return [];
    const shown: unknown = JSON.parse(block.text);
    return [{ command: command.text, printed: printed(command).split("\n").at(-1) ?? "", shown }];
  });
}
