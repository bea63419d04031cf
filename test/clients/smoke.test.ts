import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Installation } from "../support/installation.ts";
import { startInstallation } from "../support/start-installation.ts";
import { folder, goModule } from "./toolchains.ts";

const SMOKE_MS_MAX = 300_000;

const python = inject("python");
const go = inject("go");

let posthorn: Installation;
beforeAll(async () => {
  posthorn = await startInstallation();
});
afterAll(() => posthorn[Symbol.asyncDispose]());

/** What the program prints. Throws with all that it said if it does not end well. */
async function smoke(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd,
    timeout: SMOKE_MS_MAX,
    env: {
      ...process.env,
      SMOKE_URL: posthorn.url,
      SMOKE_TOKEN: posthorn.token,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  return stdout.trim();
}

it.skipIf(python === null)(
  "the published client for Python understands every answer",
  { timeout: SMOKE_MS_MAX },
  async () => {
    expect(await smoke(python ?? "", ["smoke.py"], folder("python"))).toBe("all well");
  },
);

it.skipIf(go === null)(
  "the published client for Go understands every answer",
  { timeout: SMOKE_MS_MAX },
  async () => {
    expect(await smoke(go ?? "", ["run", "-buildvcs=false", "."], goModule)).toBe("all well");
  },
);
