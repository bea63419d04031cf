import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { ROOT } from "./source-imports.ts";

/** The system's, not ours to document. */
const NOT_OURS = ["XDG_CACHE_HOME"];
/** Their defaults differ between the commands; the example shows those of `npm start`. */
const BY_COMMAND = ["HOST", "ALLOWED_SUBNETS"];
const WITHOUT_DEFAULT = [
  "METRICS_PORT",
  "PUBLIC_URL",
  "PORTAL_FRAME_ANCESTORS",
  "EGRESS_IPS",
  "API_RATE_BURST",
  "JWT_SECRET",
  "ENCRYPTION_KEYS",
  "DATABASE_URL",
  "TEMPORAL_ADDRESS",
  "TEMPORAL_UI_URL",
  "TEMPORAL_API_KEY",
  "TEMPORAL_TLS_CA",
  "TEMPORAL_TLS_CERT",
  "TEMPORAL_TLS_KEY",
  "TEMPORAL_TLS_SERVER_NAME",
  "TEMPORAL_BINARY",
  "ALLOWED_SUBNETS",
];

const example = [...readText(".env.example").matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, name = "", value = ""]) => ({ name, value }),
);

describe(".env.example", () => {
  test("lists the settings that are read, each once, and no others", () => {
    const read = /(?:text\(|environment\[)\s*"([A-Z_]+)"/g;
    const text = globSync("src/config*.ts", { cwd: ROOT }).map(readText).join("\n");
    const names = [...text.matchAll(read)].map(([, name = ""]) => name);
    expect(example.map(({ name }) => name).toSorted()).toEqual(
      [...new Set(names)].filter((name) => !NOT_OURS.includes(name)).toSorted(),
    );
  });

  test.each(example)("shows what $name is when it is not set", ({ name, value }) => {
    expect(value === "").toBe(WITHOUT_DEFAULT.includes(name));
    if (BY_COMMAND.includes(name)) return;
    expect(readConfig({ [name]: value })).toEqual(readConfig({}));
  });

  test("sets nothing by itself", () => {
    expect(readText(".env.example")).not.toMatch(/^[^#\n]/m);
  });
});

function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
