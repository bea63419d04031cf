import { createServer } from "node:net";

/** The preferred port of 127.0.0.1 if nobody listens there, else one that the system picks. */
export async function freePort(preferredPort = 0): Promise<number> {
  const port = await tryPort(preferredPort);
  return port ?? freePort();
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(address !== null && typeof address === "object" ? address.port : port),
      );
    });
  });
}
