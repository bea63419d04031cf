import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { ROOT } from "../project/source-imports.ts";
import { ownPort } from "../support/own-port.ts";
import { openPage } from "./support/browser.ts";
import { browserTest, openStage, type PortalStage } from "./support/portal-test.ts";

let stage: PortalStage;
let example: AsyncDisposable;
let port: number;
beforeAll(async () => {
  if (inject("chromium") === null) return;
  port = await ownPort();
  // The same page is at http://localhost, too, which is another origin.
  const environment = { PORTAL_FRAME_ANCESTORS: `http://127.0.0.1:${port}` };
  const opened = await openStage({ environment });
  if (opened === undefined) return;
  stage = opened;
  example = await startExample(stage);
});
afterAll(async () => {
  await example?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

describe("the producer's page in examples/embed", () => {
  browserTest("shows the portal in its frame and its colours", async () => {
    await using opened = await openPage(stage.browser);
    const { page, complaints } = opened;
    await page.goto(`http://127.0.0.1:${port}/`);
    const portal = page.frameLocator("iframe");
    await portal.getByRole("heading", { level: 1, name: "Endpoints" }).waitFor();
    const [frame] = page.frames().slice(1);
    const color = `getComputedStyle(document.documentElement).getPropertyValue("--mantine-primary-color-filled").trim()`;
    await expect.poll(() => frame?.evaluate(color)).toBe("#0f7b6c");
    await portal.getByRole("link", { name: "Add endpoint" }).click();
    await portal.getByRole("heading", { level: 1, name: "Add endpoint" }).waitFor();
    expect(complaints).toEqual([]);
    expect((await stage.installation.svix.application.get("acme")).name).toBe("Acme");
  });

  browserTest("fits into a narrow frame, its header and its content in one line", async () => {
    await using opened = await openPage(stage.browser, { width: 420 });
    const { page } = opened;
    await page.goto(`http://127.0.0.1:${port}/`);
    const portal = page.frameLocator("iframe");
    const title = await portal.getByRole("heading", { level: 1 }).boundingBox();
    const brand = await portal.getByRole("link", { name: "Webhooks" }).boundingBox();
    expect(title?.x).toBe(brand?.x ?? NaN);
    const [frame] = page.frames().slice(1);
    const root = "document.documentElement";
    await expect.poll(() => frame?.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
  });

  browserTest("is refused the frame where its origin is not one that may", async () => {
    await using opened = await openPage(stage.browser);
    const { page, complaints } = opened;
    const refusal = page.waitForEvent("console", {
      predicate: (message) => message.text().includes("frame-ancestors"),
    });
    await page.goto(`http://localhost:${port}/`);
    await refusal;
    expect(await page.frameLocator("iframe").getByRole("heading", { level: 1 }).count()).toBe(0);
    expect(complaints.join("\n")).toContain("frame-ancestors");
  });
});

async function startExample({ installation }: PortalStage): Promise<AsyncDisposable> {
  const program = spawn(process.execPath, [join(ROOT, "examples/embed/server.mjs")], {
    env: {
      ...process.env,
      PORT: String(port),
      POSTHORN_URL: installation.url,
      POSTHORN_TOKEN: installation.token,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(program.stdout, "data");
  return {
    async [Symbol.asyncDispose]() {
      const ended = once(program, "exit");
      program.kill();
      await ended;
    },
  };
}
