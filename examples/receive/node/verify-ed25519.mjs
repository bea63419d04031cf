import { createPublicKey, verify } from "node:crypto";

// body: the bytes that came, for example from express.raw({ type: "*/*" }).
export function isGenuine(publicKey, headers, body) {
  const { "webhook-id": id, "webhook-timestamp": timestamp } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;
  const x = Buffer.from(publicKey.replace("whpk_", ""), "base64").toString("base64url");
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return String(headers["webhook-signature"])
    .split(" ")
    .map((one) => one.split(","))
    .some(
      ([version, given = ""]) =>
        version === "v1a" && verify(null, signed, key, Buffer.from(given, "base64")),
    );
}
