import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { generateSecret } from "../../src/signing/secret.ts";
import { attemptsOf, createCustomer, ended, send, type Customer } from "../support/api.ts";
import { call } from "../support/call-api.ts";
import type { Installation } from "../support/installation.ts";
import { ownPort } from "../support/own-port.ts";
import { startReceiver } from "../support/receiver.ts";
import { startInstallation } from "../support/start-installation.ts";
import { waitFor } from "../support/wait-for.ts";
import {
  EXAMPLES,
  EXAMPLES_FOLDER,
  NODE_RECEIVER,
  SIMPLE_EXAMPLES,
  type Example,
} from "./receive/examples.ts";
import { answerTo, requestsBy } from "./receive/requests.ts";
import { runExample, startExample } from "./receive/start-example.ts";

const EXAMPLE_MS_MAX = 240_000;
const LARGE_CHARACTERS = 300_000;
const SECRET = generateSecret("hmac256");
const OTHER_SECRET = generateSecret("hmac256");
const HEX_SECRET = "the secret that was agreed on";

/** Whoever parses them and prints them again has other bytes. */
const PAYLOADS = [
  '{"total":100}',
  '{ "name" : "Zo\u00eb \ud83c\udfba \u2028",\n  "escaped" : "\\u00e9\\ud83c\\udfba\\/" }',
  '{"n":1.0,"big":12345678901234567890,"e":1E2,"10":1,"2":2,"a":null,"a":[]}',
  "{}",
  JSON.stringify({ large: "Käse".repeat(LARGE_CHARACTERS) }),
];

const programs: Readonly<Record<string, string | null>> = {
  python: inject("python"),
  go: inject("go"),
  java: inject("java"),
  ruby: inject("ruby"),
  php: inject("php"),
  dotnet: inject("dotnet"),
};

let posthorn: Installation;
beforeAll(async () => {
  posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "" } });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

function programOf({ toolchain }: Example): string | null {
  return toolchain === undefined ? "" : (programs[toolchain] ?? null);
}

async function customerAt(url: string, secret: string): Promise<Customer> {
  const { id: applicationId } = await posthorn.svix.application.create({ name: "Customer" });
  const { id } = await posthorn.svix.endpoint.create(applicationId, { url, secret });
  return { applicationId, endpointIds: [id] };
}

/** The stock client would print the payload in its own way. */
async function sendText({ applicationId }: Customer, payload: string): Promise<string> {
  const answer = await fetch(`${posthorn.url}/api/v1/app/${applicationId}/msg`, {
    method: "POST",
    headers: { authorization: `Bearer ${posthorn.token}`, "content-type": "application/json" },
    body: `{"eventType":"invoice.paid","payload":${payload}}`,
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}

async function endOf(messageId: string): Promise<string> {
  return (await ended(posthorn, messageId)).state;
}

/** Of the attempts, when there are that many. */
async function statusesOf(customer: Customer, messageId: string, count: number) {
  const attempts = await waitFor(`${count} attempts of ${messageId}`, async () => {
    const made = await attemptsOf(posthorn, customer, messageId);
    return made.length >= count ? made : undefined;
  });
  return attempts.map(({ responseStatusCode }) => responseStatusCode);
}

describe.each(EXAMPLES)("the receiver in $name", (example) => {
  const program = programOf(example);

  it.skipIf(program === null)(
    "takes what is genuine, once, whatever it is, and nothing else",
    { timeout: EXAMPLE_MS_MAX },
    async () => {
      await using receiver = await startExample(example, program ?? "", SECRET);
      const customer = await customerAt(receiver.url, SECRET);
      const [endpointId = ""] = customer.endpointIds;
      const messageIds: string[] = [];
      for (const payload of PAYLOADS) messageIds.push(await sendText(customer, payload));
      for (const [i, messageId] of messageIds.entries()) {
        expect(await endOf(messageId)).toBe("succeeded");
        const bytes = Buffer.byteLength(PAYLOADS[i] ?? "");
        expect(await receiver.firstHandled(messageId)).toBe(`${bytes} bytes`);
      }

      for (const { what, headers, body, status } of requestsBy(SECRET, OTHER_SECRET)) {
        expect([what, await answerTo(receiver.url, { headers, body })]).toEqual([what, status]);
      }

      const [again = ""] = messageIds;
      await posthorn.svix.messageAttempt.resend(customer.applicationId, again, endpointId);
      const stranger = await customerAt(receiver.url, OTHER_SECRET);
      const refused = await send(posthorn, stranger);
      expect(await endOf(refused)).toBe("exhausted");

      await posthorn.svix.endpoint.rotateSecret(customer.applicationId, endpointId, {});
      const rotated = await send(posthorn, customer);
      expect(await endOf(rotated)).toBe("succeeded");
      await receiver.firstHandled(rotated);
      expect(await statusesOf(customer, again, 2)).toEqual([204, 204]);
      expect(receiver.handled(again)).toHaveLength(1);
      for (const never of [refused, "msg_wrong", "msg_old", "msg_body", "msg_b"]) {
        expect(receiver.handled(never)).toEqual([]);
      }
    },
  );

  it.skipIf(program === null)(
    "takes nothing if it was given no secret",
    { timeout: EXAMPLE_MS_MAX },
    async () => {
      if (example.toolchain === "php") {
        await using receiver = await startExample(example, program ?? "", "");
        expect(await answerTo(receiver.url, { headers: {}, body: "{}" })).toBe(500);
        return;
      }
      const directory = temporaryDirectory();
      await example.build?.(program ?? "", directory);
      const run = { program: program ?? "", directory, port: await ownPort(), secret: "" };
      const child = runExample(example, run);
      const [code] = (await once(child, "exit")) as [number | null];
      expect(code).not.toBe(0);
    },
  );
});

describe.each(SIMPLE_EXAMPLES)("the receiver in $name", (example) => {
  it("takes what has the right hexadecimal signature, once, and nothing else", async () => {
    await using receiver = await startExample(example, "", HEX_SECRET);
    const customer = await createCustomer(posthorn, receiver.url);
    const path = `app/${customer.applicationId}/endpoint/${customer.endpointIds[0]}`;
    const hexSignature = { secret: HEX_SECRET };
    await call(posthorn, "PUT", `${path}/request-format`, { body: "event-data", hexSignature });

    const messageIds: string[] = [];
    for (const payload of PAYLOADS) messageIds.push(await sendText(customer, payload));
    for (const messageId of messageIds) {
      expect(await endOf(messageId)).toBe("succeeded");
      expect(await receiver.firstHandled(messageId)).toMatch(/^\d+ bytes of invoice\.paid$/);
    }
    const [again = ""] = messageIds;
    const [endpointId = ""] = customer.endpointIds;
    await posthorn.svix.messageAttempt.resend(customer.applicationId, again, endpointId);
    expect(await statusesOf(customer, again, 2)).toEqual([204, 204]);

    const body = '{"event":"a.b","data":{}}';
    const hex = (secret: string) => createHmac("sha256", secret).update(body).digest("hex");
    const statusOf = (signature: string, sent = body) =>
      answerTo(receiver.url, {
        headers: { "webhook-id": "msg_by_hand", "x-runa-signature": signature },
        body: sent,
      });
    expect(await statusOf(hex("another secret"))).toBe(401);
    expect(await statusOf("")).toBe(401);
    expect(await statusOf(hex(HEX_SECRET), '{"event":"a.c","data":{}}')).toBe(401);
    expect(await statusOf(hex(HEX_SECRET))).toBe(204);
    await receiver.firstHandled("msg_by_hand");
    expect(receiver.handled(again)).toHaveLength(1);
  });
});

describe("the shell", () => {
  it("tells whether a request that was kept is genuine", async () => {
    await using receiver = await startReceiver();
    const customer = await customerAt(receiver.urlOf("/"), SECRET);
    await sendText(customer, PAYLOADS[1] ?? "");
    const [request] = await receiver.arrived(1);
    const given = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
      String(request?.headers[name]),
    );
    const body = request?.body ?? Buffer.alloc(0);
    expect(await shell("verify.sh", SECRET, [...given, kept(body)])).toContain("\ngenuine");
    const changed = kept(Buffer.concat([body, Buffer.from(" ")]));
    await expect(shell("verify.sh", SECRET, [...given, changed])).rejects.toThrow("verify.sh");
    await expect(shell("verify.sh", OTHER_SECRET, [...given, kept(body)])).rejects.toThrow();
    const trace = join(temporaryDirectory(), "trace");
    const evil = ["msg_1", `a[$(touch ${trace})]`, "*", kept(body)];
    await expect(shell("verify.sh", SECRET, evil)).rejects.toThrow("verify.sh");
    expect(existsSync(trace)).toBe(false);
  });

  it("sends what a receiver takes", async () => {
    await using receiver = await startExample(NODE_RECEIVER, "", SECRET);
    const args = [receiver.url, kept(Buffer.from(PAYLOADS[1] ?? ""))];
    expect(await shell("send.sh", SECRET, args)).toContain(" 204 ");
    expect(await shell("send.sh", OTHER_SECRET, args)).toContain(" 401 ");
  });
});

async function shell(script: string, secret: string, args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], WEBHOOK_SECRET: secret };
  const path = join(EXAMPLES_FOLDER, "shell", script);
  // Not every sh, but bash runs what stands in a number.
  return (await promisify(execFile)("bash", [path, ...args], { env })).stdout;
}

function kept(body: Uint8Array): string {
  const file = join(temporaryDirectory(), "body");
  writeFileSync(file, body);
  return file;
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-receive-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
