import { randomUUID } from "node:crypto";
import express from "express";
import { Pool } from "undici";
import { serve } from "../src/main/serve.ts";
import { generateSecret } from "../src/signing/secret.ts";
import { signatureHeaders } from "../src/signing/sign.ts";

// The least that a webhook sender in Express can do: sign, POST, answer. It keeps nothing, retries
// nothing and checks nobody, so whatever Posthorn does on top is measured against it.
// Its argument is the receiver's URL.

const CONNECTIONS = 64;
const BODY_LIMIT = "1mb";

const receiver = new Pool(process.argv[2] ?? "", { connections: CONNECTIONS });
const secrets = [generateSecret("hmac256")];

const app = express();
app.post("/", express.json({ limit: BODY_LIMIT }), (request, response) => {
  const { eventType, payload } = request.body as { eventType: string; payload: unknown };
  const id = `msg_${randomUUID()}`;
  const answer = (status: number) => response.status(status).json({ id, eventType, payload });
  deliver(id, payload).then(
    (status) => answer(status < 300 ? 202 : 502),
    () => answer(502),
  );
});

const listening = await serve(app, "127.0.0.1", 0);
console.log(`listening on ${listening.url}`);

async function deliver(messageId: string, payload: unknown): Promise<number> {
  const body = Buffer.from(JSON.stringify(payload));
  const timestampS = Math.floor(Date.now() / 1_000);
  const signed = signatureHeaders({ messageId, timestampS, body, secrets, headerSet: "both" });
  const headers = { "content-type": "application/json", ...signed };
  const answer = await receiver.request({ path: "/", method: "POST", headers, body });
  await answer.body.text();
  return answer.statusCode;
}
