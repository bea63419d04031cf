import express from "express";
import { isGenuine } from "./verify.mjs";

const { PORT = "9000", WEBHOOK_SECRET: secret } = process.env;
if (!secret) throw new Error("WEBHOOK_SECRET is not set");

// For production: a table with the id as its key. It is the queue, too, and survives a restart.
const taken = new Map();

const app = express();
app.post("/webhooks", express.raw({ type: "*/*", limit: "3mb" }), (request, response) => {
  const body = request.body ?? Buffer.alloc(0);
  if (!isGenuine(secret, request.headers, body)) return response.sendStatus(401);

  const id = request.get("webhook-id") ?? request.get("svix-id");
  const isNew = !taken.has(id);
  if (isNew) taken.set(id, body);
  response.sendStatus(204);
  if (isNew) setImmediate(handle, id, body);
});

function handle(id, body) {
  console.log(`handled ${id}: ${body.length} bytes`);
}

app.listen(Number(PORT), "127.0.0.1");
