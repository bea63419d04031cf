import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

const { PORT = "9000", WEBHOOK_SECRET: secret } = process.env;
if (!secret) throw new Error("WEBHOOK_SECRET is not set");

const taken = new Set();

const app = express();
app.post("/webhooks", express.json({ limit: "3mb" }), (request, response) => {
  // Only because the body is exactly what JSON.stringify makes; raw bytes are always right.
  const body = JSON.stringify(request.body ?? {});
  if (!isGenuine(body, request.get("x-runa-signature"))) return response.sendStatus(401);

  const id = request.get("webhook-id");
  const isNew = !taken.has(id);
  if (isNew) taken.add(id);
  response.sendStatus(204);
  if (isNew) setImmediate(handle, id, request.body, Buffer.byteLength(body));
});

function isGenuine(body, signature = "") {
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("hex"));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function handle(id, { event }, bytes) {
  console.log(`handled ${id}: ${bytes} bytes of ${event}`);
}

app.listen(Number(PORT), "127.0.0.1");
