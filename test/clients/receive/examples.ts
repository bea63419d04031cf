import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../project/source-imports.ts";

const BUILD_MS_MAX = 180_000;
const NODE = process.execPath;

export const EXAMPLES_FOLDER = join(ROOT, "examples/receive");

export type Toolchain = "python" | "go" | "java" | "ruby" | "php" | "dotnet";

/** A receiver of examples/receive, and how it is run. */
export type Example = {
  readonly name: string;
  /** undefined: Node, which is there. */
  readonly toolchain: Toolchain | undefined;
  /** Makes in `output` what is run. */
  readonly build?: (program: string, output: string) => Promise<void>;
  readonly command: (program: string, output: string, port: number) => readonly string[];
};

const RECEIVER = file("node/receiver.mjs");

export const NODE_RECEIVER: Example = {
  name: "Node",
  toolchain: undefined,
  command: () => [NODE, RECEIVER],
};

/** They verify the Standard Webhooks signature. */
export const EXAMPLES: readonly Example[] = [
  NODE_RECEIVER,
  {
    name: "Python",
    toolchain: "python",
    command: (python) => [python, file("python/receiver.py")],
  },
  {
    name: "Go",
    toolchain: "go",
    build: (go, output) =>
      run(go, ["build", "-buildvcs=false", "-o", join(output, "receive"), "."], file("go")),
    command: (_, output) => [join(output, "receive")],
  },
  {
    name: "Java",
    toolchain: "java",
    build: (_, output) =>
      run("javac", ["-d", output, file("java/Receiver.java"), file("java/Verify.java")]),
    command: (java, output) => [java, "-cp", output, "Receiver"],
  },
  {
    name: "Ruby",
    toolchain: "ruby",
    command: (ruby) => [ruby, file("ruby/receiver.rb")],
  },
  {
    name: "PHP",
    toolchain: "php",
    command: (php, _, port) => [php, "-S", `127.0.0.1:${port}`, file("php/receiver.php")],
  },
  {
    name: "C#",
    toolchain: "dotnet",
    build: (dotnet, output) => run(dotnet, ["publish", "-o", output, file("csharp")]),
    command: (dotnet, output) => [dotnet, join(output, "Receiver.dll")],
  },
];

/** They verify the hexadecimal signature of a request format. */
export const SIMPLE_EXAMPLES: readonly Example[] = ["raw", "json"].map((kind) => ({
  name: `Node, simple, ${kind}`,
  toolchain: undefined,
  command: () => [NODE, file(`node/simple-${kind}.mjs`)],
}));

function file(path: string): string {
  return join(EXAMPLES_FOLDER, path);
}

async function run(program: string, args: readonly string[], cwd?: string): Promise<void> {
  await promisify(execFile)(program, args, { cwd, timeout: BUILD_MS_MAX });
}
