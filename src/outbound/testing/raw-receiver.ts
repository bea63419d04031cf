import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** A receiver on a raw socket, for tests: it may answer with anything, or with nothing. */
export type RawReceiver = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** Requests as they came, head and body. */
  readonly requests: readonly string[];
  connectionCount(): number;
};

/** `answer` is called once for each complete request; without it the receiver stays silent. */
export async function startReceiver(
  answer: (socket: Socket) => void = () => undefined,
  server: Server = createServer(),
  event: "connection" | "secureConnection" = "connection",
): Promise<RawReceiver> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connectionCount = 0;

  server.on(event, (socket: Socket) => {
    connectionCount++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      for (let length = requestLength(received); length > 0; length = requestLength(received)) {
        requests.push(received.slice(0, length));
        received = received.slice(length);
        answer(socket);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    requests,
    connectionCount: () => connectionCount,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}

/** 0 until the request at the beginning of `text` is complete. */
function requestLength(text: string): number {
  const headLength = text.indexOf("\r\n\r\n") + 4;
  if (headLength < 4) return 0;
  const bodyLength = Number(/^content-length: (\d+)\r$/im.exec(text)?.[1] ?? 0);
  return text.length >= headLength + bodyLength ? headLength + bodyLength : 0;
}

/** A well-formed answer. */
export function httpAnswer(
  status: number,
  body: string | Uint8Array = "",
  headers: readonly string[] = [],
): Buffer {
  const bytes = Buffer.from(body);
  const lines = [`HTTP/1.1 ${status} Any`, `content-length: ${bytes.length}`, ...headers];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]);
}
