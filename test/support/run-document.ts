import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../project/source-imports.ts";
import { JWT_SECRET, type Installation } from "./installation.ts";
import { blocksOf, isAsShown, type Block } from "./markdown.ts";
import { ownPort } from "./own-port.ts";

/** A command whose answer the document shows. */
export type Step = {
  readonly command: string;
  /** Its last line: the answer of the last call. */
  readonly printed: string;
  /** The answer's JSON, with "…" for what differs. */
  readonly shown: unknown;
};

/** `index` is its command's among the blocks. */
type NumberedStep = Step & { readonly index: number };

const POSTHORN = "http://127.0.0.1:8071";
const RECEIVER_PORTS = /\b9[01]00\b/g;
/** Commands may wait for something that never comes; nobody else would end them. */
const SHELL_MS_MAX = 100_000;

// The commands run in the reader's folder of Posthorn; here in a folder of the test's. A reader
// waits for a while and then looks; here it is looked until there is what is shown, for 30 s at least.
const PRELUDE = `
set -eu
npm() { command npm --prefix "$POSTHORN_FOLDER" "$@"; }
sleep() { command sleep 0.1; }
is_there() { (exec 3<>"/dev/tcp/127.0.0.1/$RECEIVER_PORT") 2>/dev/null; }
is_shown() { command curl -fs -o "$PRINTED/is-shown" "$CHECKS/$1" 2>/dev/null; }
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
`;
const LOOKS_MAX = 200;
/** What may be asked again: it changes nothing. */
const LOOK = /^(?:api|call "\$\w+") GET [^|>]*$/;
const RECEIVER = /^.*\bnode \S+ &$/gm;

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
    const port = String(await ownPort());
    const text = markdown.replaceAll(POSTHORN, posthorn.url).replaceAll(RECEIVER_PORTS, port);
    const blocks = blocksOf(text);
    const steps = () => stepsOf(blocks, (i) => printedBy(directory, i));
    await using checks = await startChecks(steps);
    const environment = {
      JWT_SECRET,
      DATA_DIR: posthorn.dataDir,
      POSTHORN_FOLDER: ROOT,
      PRINTED: directory,
      RECEIVER_PORT: port,
      CHECKS: checks.url,
    };
    await runShell(blocks, directory, environment);
    return steps();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Says by the number of a block, to who asks over HTTP, whether its answer is as shown by now. */
async function startChecks(steps: () => readonly NumberedStep[]) {
  const server = createServer((request, response) => {
    const index = Number(request.url?.slice(1));
    const step = steps().find((one) => one.index === index);
    response.writeHead(step !== undefined && isStepAsShown(step) ? 204 : 404).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

/** A step that is not done yet has printed nothing. */
function isStepAsShown({ shown, printed }: Step): boolean {
  try {
    return isAsShown(shown, JSON.parse(printed));
  } catch {
    return false;
  }
}

async function runShell(
  blocks: readonly Block[],
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const shell = spawn("bash", ["-c", PRELUDE + blocks.map(scriptOf).join("")], {
    cwd: directory,
    env: { ...process.env, ...environment },
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
function scriptOf(
  { language, text, fileName }: Block,
  index: number,
  blocks: readonly Block[],
): string {
  if (fileName !== undefined) return `cat > ${fileName} <<'END_OF_FILE'\n${text}END_OF_FILE\n`;
  if (language !== "sh") return "";
  const printed = `"$PRINTED/printed-${index}"`;
  const commands = text.replace(RECEIVER, "$&\nuntil is_there; do sleep; done");
  const look = commands.trimEnd().split("\n").at(-1) ?? "";
  const isLookedAt = blocks[index + 1]?.language === "json" && LOOK.test(look);
  const once = `{\n${commands}} > ${printed}\n`;
  if (!isLookedAt) return once;
  const again = `is_shown ${index} && break\nsleep\n${look} >> ${printed}`;
  return `${once}for _ in $(seq ${LOOKS_MAX}); do\n${again}\ndone\n`;
}

function printedBy(directory: string, index: number): string {
  const file = join(directory, `printed-${index}`);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}

function stepsOf(
  blocks: readonly Block[],
  printedBy: (index: number) => string,
): readonly NumberedStep[] {
  return blocks.flatMap((block, next) => {
    const index = next - 1;
    const command = blocks[index];
    if (block.language !== "json" || command?.language !== "sh") return [];
    const shown: unknown = JSON.parse(block.text);
    const printed = printedBy(index).split("\n").at(-1) ?? "";
    return [{ command: command.text, printed, shown, index }];
  });
}
