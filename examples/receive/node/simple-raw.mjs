import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

const { PORT = "9000", WEBHOOK_SECRET: secret } = process.env;
if (!secret) throw new Error("WEBHOOK_SECRET is not set");

const taken = new Set();

const app = express();
app.post("/webhooks", express.raw({ type: "*/*", limit: "3mb" }), (request, response) => {
  const body = request.body ?? Buffer.alloc(0);
  if (!isGenuine(body, request.get("x-runa-signature"))) return response.sendStatus(401);

  const id = request.get("webhook-id");
  const isNew = !taken.has(id);
  if (isNew) taken.add(id);
  response.sendStatus(204);
  if (isNew) setImmediate(handle, id, JSON.parse(body), body.length);
});

/** The key is the secret's text as it is: here, nothing of it is cut off or decoded. */
function isGenuine(body, signature = "") {
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("hex"));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function handle(id, { event }, bytes) {
  console.log(`handled ${id}: ${bytes} bytes of ${event}`);
}

app.listen(Number(PORT), "127.0.0.1");
