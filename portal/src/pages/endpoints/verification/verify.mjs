import { createHmac, timingSafeEqual } from "node:crypto";

// app.post("/webhooks", express.raw({ type: "*/*" }), (request, response) => {
//   const genuine = isGenuine(process.env.WEBHOOK_SECRET, request.headers, request.body);
//   response.sendStatus(genuine ? 204 : 401);
// });

export function isGenuine(secret, headers, body) {
  const { "webhook-id": id, "webhook-timestamp": timestamp } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  const expected = Buffer.from(`v1,${digest.toString("base64")}`);
  return String(headers["webhook-signature"])
    .split(" ")
    .map((one) => Buffer.from(one))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
