import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_S = 300;

// body: the bytes that came, for example from express.raw({ type: "*/*" }).
export function isGenuine(secret, headers, body) {
  const header = (name) => String(headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? "");
  const timestamp = header("timestamp");
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = createHmac("sha256", key)
    .update(`${header("id")}.${timestamp}.`)
    .update(body);
  const expected = Buffer.from(`v1,${signed.digest("base64")}`);
  return header("signature")
    .split(" ")
    .map((one) => Buffer.from(one))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
