import type { TestProject } from "vitest/node";
import { prepareGo, preparePython } from "./toolchains.ts";

declare module "vitest" {
  // Vitest is extended by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    /** A Python that has the packages of requirements.txt; null where there is none. */
    python: string | null;
    /** A Go toolchain; null where there is none. */
    go: string | null;
  }
}

/** What clients in other languages need: `inject("python")` and `inject("go")`. */
export async function setup(project: TestProject): Promise<void> {
  const [python, go] = await Promise.allSettled([preparePython(), prepareGo()]);
  project.provide("python", valueOf(python, "Python"));
  project.provide("go", valueOf(go, "Go"));
}

/** Says it aloud where a language is not there: its tests are skipped, and nobody would notice. */
function valueOf(prepared: PromiseSettledResult<string>, language: string): string | null {
  if (prepared.status === "fulfilled") return prepared.value;
  const reason = prepared.reason instanceof Error ? prepared.reason.message : "unknown";
  const sentence = `What is written in ${language} is NOT tested, its toolchain is not usable:`;
  const line = "!".repeat(sentence.length);
  console.error(`\n${line}\n${sentence}\n${reason.trim()}\n${line}\n`);
  return null;
}
