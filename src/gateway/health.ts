import { z } from "zod";
import { route, type Route } from "./route.ts";

/** Resolves to what each part says of itself; `cache` is there for clients that expect it. */
export type Health = () => Promise<{ readonly database: boolean; readonly queue: boolean }>;

const PART = z.object({ status: z.enum(["ok", "error"]) });
const HEALTH_OUT = z.object({ database: PART, queue: PART, cache: PART });

export function healthRoutes(health: Health): readonly Route[] {
  return [
    route({
      method: "get",
      path: "/health",
      operationId: "v1.health.get",
      summary: "Check the database and Temporal",
      access: "anyone",
      answers: { 200: HEALTH_OUT, 500: HEALTH_OUT },
      reserved: [204],
      async handle() {
        const { database, queue } = await health();
        const body = { database: part(database), queue: part(queue), cache: part(true) };
        return { status: database && queue ? 200 : 500, body };
      },
    }),
    route({
      method: "get",
      path: "/health/ping",
      operationId: "v1.health.ping",
      summary: "Ping the gateway",
      access: "anyone",
      answers: { 204: null },
      handle: () => Promise.resolve({ status: 204 }),
    }),
  ];
}

function part(isFine: boolean): z.output<typeof PART> {
  return { status: isFine ? "ok" : "error" };
}
