import type { TestProject } from "vitest/node";
import { ensurePortalBuilt } from "../../../tools/portal/ensure-built.mjs";
import { findChromium, HOW_TO_GET_CHROMIUM } from "./chromium.ts";

declare module "vitest" {
  // Vitest is extended by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    /** The program; null where there is none. */
    chromium: string | null;
  }
}

/** The portal as it is built from these sources, and a browser: `inject("chromium")`. */
export async function setup(project: TestProject): Promise<void> {
  await ensurePortalBuilt();
  const chromium = findChromium();
  project.provide("chromium", chromium ?? null);
  if (chromium === undefined) warnOfMissingChromium();
}

function warnOfMissingChromium(): void {
  const sentence = `No Chromium was found, so the portal is NOT tested. ${HOW_TO_GET_CHROMIUM}`;
  if (process.env["CI"] === "true") throw new Error(sentence);
  const line = "!".repeat(100);
  console.error(`\n${line}\n${sentence}\n${line}\n`);
}
