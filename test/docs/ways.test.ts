import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAsShown } from "../support/markdown.ts";
import { runDocument } from "../support/run-document.ts";
import { startInstallation } from "../support/start-installation.ts";
import { ROOT } from "../project/source-imports.ts";

const DOCUMENT_MS_MAX = 120_000;
/** What the pages say that the operator has set. */
const environment = { EGRESS_IPS: "203.0.113.7,2001:db8:42::/48" };

test.each([
  { document: "docs/request-formats.md", stepsMin: 4 },
  { document: "docs/api-keys.md", stepsMin: 8 },
  { document: "docs/ways/token-in-a-header.md", stepsMin: 6 },
  { document: "docs/ways/token-in-the-body.md", stepsMin: 5 },
])(
  "$document runs as it is written",
  { timeout: DOCUMENT_MS_MAX },
  async ({ document, stepsMin }) => {
    await using posthorn = await startInstallation({ environment });
    const steps = await runDocument(readFileSync(join(ROOT, document), "utf8"), posthorn);
    expect(steps.length).toBeGreaterThanOrEqual(stepsMin);
    for (const { command, printed, shown } of steps) {
      const answer: unknown = printed === "" ? undefined : JSON.parse(printed);
      expect({ command, asShown: isAsShown(shown, answer), answer }).toMatchObject({
        asShown: true,
      });
    }
  },
);
