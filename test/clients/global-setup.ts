import type { TestProject } from "vitest/node";
import {
  prepareDotnet,
  prepareGo,
  prepareJava,
  preparePhp,
  preparePython,
  prepareRuby,
} from "./toolchains.ts";

declare module "vitest" {
  // Vitest is extended by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    /** A Python that has the packages of requirements.txt; null where there is none. */
    python: string | null;
    /** A Go toolchain; null where there is none. */
    go: string | null;
    java: string | null;
    ruby: string | null;
    php: string | null;
    dotnet: string | null;
  }
}

const TOOLCHAINS = [
  { name: "python", language: "Python", prepare: preparePython },
  { name: "go", language: "Go", prepare: prepareGo },
  { name: "java", language: "Java", prepare: prepareJava },
  { name: "ruby", language: "Ruby", prepare: prepareRuby },
  { name: "php", language: "PHP", prepare: preparePhp },
  { name: "dotnet", language: "C#", prepare: prepareDotnet },
] as const;

/** What clients and receivers in other languages need: `inject("python")`, `inject("go")`, … */
export async function setup(project: TestProject): Promise<void> {
  const preparing = TOOLCHAINS.map(({ prepare }) => prepare());
  const prepared = await Promise.allSettled(preparing);
  for (const [i, { name, language }] of TOOLCHAINS.entries()) {
    project.provide(name, valueOf(prepared[i], language));
  }
}

/** Says it aloud where a language is not there: its tests are skipped, and nobody would notice. */
function valueOf(
  prepared: PromiseSettledResult<string> | undefined,
  language: string,
): string | null {
  if (prepared?.status === "fulfilled") return prepared.value;
  const reason = prepared?.reason instanceof Error ? prepared.reason.message : "unknown";
  const sentence = `What is written in ${language} is NOT tested, its toolchain is not usable:`;
  const line = "!".repeat(sentence.length);
  console.error(`\n${line}\n${sentence}\n${reason.trim()}\n${line}\n`);
  return null;
}
