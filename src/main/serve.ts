import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "./user-error.ts";

export type Listening = {
  readonly url: string;
  /** Refuses new connections, and resolves when the requests under way are answered. */
  close(): Promise<void>;
};

/** Longer than the idle time of common load balancers, so that it is they who close. */
const KEEP_ALIVE_MS = 65_000;
const IDLE_CHECK_MS = 50;

/** Throws a UserError if the port is taken or the address is not ours. */
export async function serve(app: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  await listen(server, host, port);
  const { port: actual } = server.address() as AddressInfo;
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return {
    url: `http://${shown.includes(":") ? `[${shown}]` : shown}:${actual}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      // A connection is idle only once its last answer is out.
      const timer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
      await closed;
      clearInterval(timer);
    },
  };
}

/** Throws a UserError at once, rather than after all that is started before the port is opened. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  await listen(server, host, port);
  server.close();
  await once(server, "close");
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new UserError(explain(error, host, port), { cause: error });
  }
}

function explain(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is taken by another program: stop it, or set PORT to a free port`;
  }
  if (code === "EADDRNOTAVAIL") return `${host} (HOST) is not an address of this machine`;
  if (code === "EACCES") return `Port ${port} needs more rights than we have: set PORT above 1023`;
  return `Port ${port} on ${host} cannot be opened: ${String(error)}`;
}
