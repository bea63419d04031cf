import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { folder } from "../toolchains.ts";
import type { FuzzWorld } from "./world.ts";

export type FuzzOptions = {
  /** Of an environment that has schemathesis. */
  readonly python: string;
  /** The document of the API. */
  readonly documentUrl: string;
  /** What the requests are authenticated with. */
  readonly token: string;
  /** What logs out: each of these may be revoked. */
  readonly spareTokens: readonly string[];
  readonly world: FuzzWorld;
  readonly phases: readonly Phase[];
  /** Of each operation, besides those that cover each rule of its schemas. */
  readonly examples: number;
  readonly seed: number;
};

/** The document's own examples; one request for each rule of a schema; whatever comes to mind. */
type Phase = "examples" | "coverage" | "fuzzing";

export type FuzzReport = {
  readonly passed: boolean;
  /** What schemathesis says of the failures, and how each can be repeated. */
  readonly text: string;
  /** How often each status was answered, by method and path. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "reserved_status",
];
/** Two trip over each other in Python 3.11, and would make a seed mean nothing. */
const WORKERS = 1;
/** Far more than an answer takes; its own limit is what a busy machine may stand still for. */
const ANSWER_S_MAX = 60;

/** Requests that follow from the API's own document; each answer is held to it. */
export async function runSchemathesis(options: FuzzOptions): Promise<FuzzReport> {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-fuzz-"));
  const statuses = join(directory, "statuses.json");
  try {
    const { spareTokens: tokens, world } = options;
    const environment = {
      SCHEMATHESIS_HOOKS: "fuzz_hooks",
      PYTHONPATH: folder("python"),
      PYTHONDONTWRITEBYTECODE: "1",
      FUZZ_WORLD: JSON.stringify({ ...world, tokens }),
      FUZZ_STATUSES: statuses,
    };
    const program = join(dirname(options.python), "schemathesis");
    const { code, text } = await runProgram(program, argumentsOf(options), directory, environment);
    return { passed: code === 0, text, statuses: JSON.parse(readFileSync(statuses, "utf8")) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function argumentsOf({
  documentUrl,
  token,
  phases,
  examples,
  seed,
}: FuzzOptions): readonly string[] {
  return [
    ["run", documentUrl],
    ["--header", `Authorization: Bearer ${token}`],
    ["--checks", CHECKS.join(",")],
    // What they answer has no end.
    ["--exclude-path-regex", "/live$"],
    ["--phases", phases.join(",")],
    ["--max-examples", String(examples)],
    ["--seed", String(seed)],
    ["--workers", String(WORKERS)],
    ["--request-timeout", String(ANSWER_S_MAX)],
    ["--generation-database", "none"],
    ["--suppress-health-check", "all"],
    ["--warnings", "off"],
    ["--continue-on-failure", "--no-color"],
  ].flat();
}

async function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  const end = (): void => void child.kill();
  process.once("exit", end);
  await once(child, "close");
  process.removeListener("exit", end);
  return { code: child.exitCode, text };
}
