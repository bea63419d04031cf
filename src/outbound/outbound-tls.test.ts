import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTcpServer } from "node:net";
import { createServer, getCACertificates, setDefaultCACertificates, TLSSocket } from "node:tls";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import type { Outbound, OutboundRequest } from "./outbound.ts";
import { httpAnswer, startReceiver } from "./testing/raw-receiver.ts";

const outbounds: Outbound[] = [];
const outbound = localOutbound();
const systemCertificates = getCACertificates("default");
const certificate = makeCertificate();
if (certificate === undefined) {
  process.stderr.write("No openssl binary: the tests that need a certificate are skipped.\n");
}

afterEach(() => setDefaultCACertificates(systemCertificates));
afterAll(() => Promise.all(outbounds.map((each) => each.close())));

test("https to a plain port is a value that names the receiver", async () => {
  const server = createTcpServer((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await using receiver = await startReceiver(undefined, server);
  expect(await outbound.post(request(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({
    kind: "unanswered",
    reason: "tls",
    detail: `No secure connection to 127.0.0.1:${receiver.port} could be made: wrong version number (its answer was not TLS: should its URL be http://?).`,
  });
});

test("https to a port that stays silent ends at the limit of time", async () => {
  await using receiver = await startReceiver();
  const hasty = localOutbound(200);
  expect(await hasty.post(request(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({
    reason: "timeout",
    detail: `No connection to 127.0.0.1:${receiver.port} within 0.2 s.`,
  });
});

describe.skipIf(certificate === undefined)("with a certificate for localhost", () => {
  const startTls = () => {
    const server = createServer({ ...certificate, ALPNProtocols: ["h2", "http/1.1"] });
    return startReceiver(
      (socket) => {
        const protocol = socket instanceof TLSSocket ? String(socket.alpnProtocol) : "none";
        socket.write(httpAnswer(200, protocol));
      },
      server,
      "secureConnection",
    );
  };

  test("that is self-signed, no request is made", async () => {
    await using receiver = await startTls();
    expect(await outbound.post(request(`https://localhost:${receiver.port}/`))).toMatchObject({
      reason: "tls",
      detail: `No secure connection to localhost:${receiver.port} could be made: self-signed certificate.`,
    });
    expect(receiver.requests).toHaveLength(0);
  });

  test("that is trusted, HTTP/1.1 is spoken even if HTTP/2 is offered", async () => {
    setDefaultCACertificates([...systemCertificates, certificate?.cert ?? ""]);
    await using receiver = await startTls();
    const trusting = localOutbound();
    expect(await trusting.post(request(`https://localhost:${receiver.port}/`))).toMatchObject({
      kind: "answered",
      body: "http/1.1",
    });
  });

  test("that is trusted but for another name, no request is made", async () => {
    setDefaultCACertificates([...systemCertificates, certificate?.cert ?? ""]);
    await using receiver = await startTls();
    const trusting = localOutbound();
    expect(await trusting.post(request(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({
      reason: "tls",
      detail: expect.stringContaining("127.0.0.1 is not in the cert's list"),
    });
    expect(receiver.requests).toHaveLength(0);
  });

  test("plain http to its port is a value", async () => {
    await using receiver = await startTls();
    expect(await outbound.post(request(`http://127.0.0.1:${receiver.port}/`))).toMatchObject({
      kind: "unanswered",
      reason: expect.stringMatching(/^(reset|malformed_response)$/),
    });
  });
});

function localOutbound(timeoutMs = 25_000): Outbound {
  const allowedSubnets = ["127.0.0.0/8", "::1/128"];
  const made = createOutbound({ timeoutMs, allowedSubnets, userAgent: "Posthorn/test" });
  outbounds.push(made);
  return made;
}

function request(url: string): OutboundRequest {
  return { url, headers: {}, body: Buffer.from("{}") };
}

/** A self-signed certificate for localhost; undefined on a machine without openssl. */
function makeCertificate(): { readonly key: string; readonly cert: string } | undefined {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-tls-"));
  const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", key, "-out", cert, "-days", "2"];
  try {
    execFileSync("openssl", ["req", "-x509", ...newKey, ...subject, ...files], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } catch {
    return undefined;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
