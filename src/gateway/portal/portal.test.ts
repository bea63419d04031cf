import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { portal } from "./portal.ts";

const SCRIPT = "export const portal = 1;";
const PAGE = `<meta name="csp-nonce" content="%NONCE%" /><script type="module" src="./assets/index-a1.js"></script>`;

let directory: string;
const servers: ReturnType<typeof createServer>[] = [];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "portal-build-"));
  mkdirSync(join(directory, "build/assets"), { recursive: true });
  build("index.html", PAGE);
  build("sources.txt", "secret");
  build("assets/index-a1.js", SCRIPT);
  build("assets/index-a1.js.br", brotliCompressSync(SCRIPT));
  build("assets/index-a1.js.gz", gzipSync(SCRIPT));
  build("assets/inter.woff2", "font");
  writeFileSync(join(directory, "outside.js"), "secret");
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(directory, { recursive: true });
});

function build(name: string, content: string | Buffer): void {
  writeFileSync(join(directory, "build", name), content);
}

type Settings = Parameters<typeof portal>[0];

async function serve(settings: Partial<Settings> = {}, folder = "build"): Promise<string> {
  const app = express();
  const where = pathToFileURL(`${join(directory, folder)}/`);
  app.use(portal({ publicUrl: undefined, portalFrameAncestors: ["'self'"], ...settings }, where));
  const server = createServer(app).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

describe("the portal's page", () => {
  it.each([
    "/portal",
    "/portal/",
    "/portal/endpoints/ep_1",
    "/console",
    "/console/a",
    "/play",
    "/play/x",
  ])("is what is served at %s", async (path) => {
    const answer = await fetch((await serve()) + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(await answer.text()).toContain('src="/portal/assets/index-a1.js"');
  });

  it("allows scripts of ours only, and styles by a nonce of each answer", async () => {
    const url = await serve();
    const nonces = [];
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(`${url}/portal`);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain("unsafe");
      const [, nonce] = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? [];
      expect(await answer.text()).toContain(`content="${nonce}"`);
      nonces.push(nonce);
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("may be framed by whom the operator names", async () => {
    const ancestors = async (portalFrameAncestors: readonly string[]) => {
      const answer = await fetch(`${await serve({ portalFrameAncestors })}/portal`);
      return /frame-ancestors (.*)$/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
    };
    expect(await ancestors(["'self'"])).toBe("'self'");
    expect(await ancestors(["'self'", "https://shop.example"])).toBe("'self' https://shop.example");
  });

  it("finds its files below the path of the public URL", async () => {
    const url = await serve({ publicUrl: "https://hooks.example/base" });
    expect(await (await fetch(`${url}/portal`)).text()).toContain(
      '"/base/portal/assets/index-a1.js"',
    );
  });

  it("says how to build it where it was not built", async () => {
    const answer = await fetch(`${await serve({}, "none")}/portal`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("npm run portal:build");
  });

  it("is the new one after it was built anew", async () => {
    const url = await serve();
    await fetch(`${url}/portal`);
    build("index.html", `${PAGE}<!-- new -->`);
    utimesSync(join(directory, "build/index.html"), new Date(), new Date(Date.now() + 5_000));
    expect(await (await fetch(`${url}/portal`)).text()).toContain("<!-- new -->");
  });
});

describe("the portal's files", () => {
  it.each([
    ["br, gzip", "br"],
    ["gzip", "gzip"],
    ["identity", null],
  ])("are sent to who takes %s as %s, to be kept for ever", async (accepted, encoding) => {
    const headers = { "accept-encoding": accepted };
    const answer = await fetch(`${await serve()}/portal/assets/index-a1.js`, { headers });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("vary")).toContain("accept-encoding");
    expect(await answer.text()).toBe(SCRIPT);
  });

  it("have their types", async () => {
    const answer = await fetch(`${await serve()}/portal/assets/inter.woff2`);
    expect(answer.headers.get("content-type")).toBe("font/woff2");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    "../sources.txt",
    "..%2fsources.txt",
    "../../outside.js",
    "%2e%2e/sources.txt",
    "none.js",
    "",
  ])("do not include %j", async (name) => {
    const { port } = new URL(await serve());
    // By hand: fetch would resolve the dots itself.
    const socket = connect(Number(port), "127.0.0.1");
    socket.end(`GET /portal/assets/${name} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    const text = (await socket.toArray()).join("");
    expect(text).not.toContain("secret");
    expect(text).not.toContain("immutable");
  });
});
