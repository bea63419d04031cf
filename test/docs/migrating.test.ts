import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Svix } from "svix";
import { expect, test } from "vitest";
import { ROOT } from "../project/source-imports.ts";
import type { Installation } from "../support/installation.ts";
import { blocksOf } from "../support/markdown.ts";
import { startInstallation } from "../support/start-installation.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** From one of ours to another, which their server answers like. */
test("the script brings event types, applications, endpoints, headers and secrets", async () => {
  await using theirs = await startInstallation();
  await using ours = await startInstallation();
  await fill(theirs.svix);
  expect(await migrate(theirs, ours)).toContain("set again: x-api-key");
  const nothingNew = await migrate(theirs, ours);
  expect(nothingNew.trim().split("\n")).toEqual([expect.stringMatching(/^app_\w+ is app_\w+$/)]);

  const endpoint = await ours.svix.endpoint.get("acme", "billing");
  expect(endpoint).toMatchObject({ eventTypes: ["invoice.paid"], channels: ["eu"] });
  expect(await ours.svix.endpoint.getSecret("acme", "billing")).toEqual({ key: KEY });
  const { headers } = await ours.svix.endpoint.getHeaders("acme", "billing");
  expect(headers).toEqual({ "X-Desk": "7" });
  const { schemas } = await ours.svix.eventType.get("invoice.paid");
  expect(schemas).toEqual({ "1": { type: "object" } });
  expect((await ours.svix.eventType.get("order.legacy")).archived).toBe(true);
  expect((await ours.svix.application.list()).data).toHaveLength(1);
  const { data } = await ours.svix.endpoint.list("acme");
  const urls = data.map(({ url }) => url).toSorted();
  expect(urls).toEqual([endpoint.url, "https://acme.example/legacy"]);
});

async function fill(svix: Svix): Promise<void> {
  const schemas = { "1": { type: "object" } };
  await svix.eventType.create({ name: "invoice.paid", description: "It was paid", schemas });
  await svix.application.create({ name: "Acme", uid: "acme" });
  await svix.endpoint.create("acme", {
    url: "https://acme.example/hooks",
    uid: "billing",
    eventTypes: ["invoice.paid"],
    channels: ["eu"],
    secret: KEY,
    headers: { "X-Desk": "7", "x-api-key": "owl" },
  });
  await svix.eventType.create({ name: "order.legacy", description: "" });
  const legacy = { url: "https://acme.example/legacy", eventTypes: ["order.legacy"] };
  await svix.endpoint.create("acme", legacy);
  await svix.eventType.delete("order.legacy");
}

async function migrate(theirs: Installation, ours: Installation): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-migrate-"));
  try {
    const markdown = readFileSync(join(ROOT, "docs/migrating-from-svix.md"), "utf8");
    const script = blocksOf(markdown).find(({ fileName }) => fileName === "migrate.mjs");
    writeFileSync(join(directory, "migrate.mjs"), script?.text ?? "");
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
    const env = {
      ...process.env,
      THEIR_URL: theirs.url,
      THEIR_TOKEN: theirs.token,
      OUR_URL: ours.url,
      OUR_TOKEN: ours.token,
    };
    const file = join(directory, "migrate.mjs");
    return (await promisify(execFile)(process.execPath, [file], { env })).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
