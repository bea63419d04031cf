import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";

/** As the usual guide has it: what was parsed is made again, and that is what is verified. */
export async function startGuideReceiver(secret: string) {
  const bodies: unknown[] = [];
  const app = express();
  app.post("/hooks", express.json(), (request, response) => {
    const expected = Buffer.from(
      createHmac("sha256", secret).update(JSON.stringify(request.body)).digest("hex"),
    );
    const given = Buffer.from(request.get("x-runa-signature") ?? "");
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    if (isOurs) bodies.push(request.body);
    response.sendStatus(isOurs ? 204 : 401);
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
