import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { routes } from "../app.ts";
import { watchAnswers } from "./test-conformance.ts";

const table = routes({} as Parameters<typeof routes>[0]);
const FINE = { database: { status: "ok" }, queue: { status: "ok" }, cache: { status: "ok" } };

/** What is found wrong with an answer to GET /api/v1`path`. */
async function faultsOf(path: string, status: number, body?: unknown): Promise<readonly string[]> {
  const { listener, faults } = watchAnswers((_request, response) => {
    response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
  }, table);
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await (await fetch(`http://127.0.0.1:${port}/api/v1${path}`)).text();
  server.closeAllConnections();
  server.close();
  return faults;
}

describe("the watch over answers", () => {
  it("lets pass what is documented", async () => {
    expect(await faultsOf("/health", 200, FINE)).toEqual([]);
    expect(await faultsOf("/health/ping", 204)).toEqual([]);
    expect(await faultsOf("/app/a", 404, { code: "not_found", detail: "" })).toEqual([]);
  });

  it.each([
    ["a status that is not documented", "/health", 418, FINE, "is not documented"],
    ["a status that is only reserved", "/app/a", 409, {}, "is not documented"],
    ["a value that is not allowed", "/health", 200, { ...FINE, queue: { status: "" } }, "queue"],
    ["a field that is missing", "/app/a", 404, { code: "not_found" }, "detail"],
    ["a field that is not documented", "/health", 200, { ...FINE, more: 1 }, "has fields"],
    ["no body where there should be one", "/health", 200, undefined, "expected object"],
  ])("notices %s", async (_, path, status, body, text) => {
    expect(await faultsOf(path, status, body)).toEqual([expect.stringContaining(text)]);
  });
});
