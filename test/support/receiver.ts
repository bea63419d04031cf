import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { waitFor } from "./wait-for.ts";

/** One request as it came. */
export type Received = {
  readonly atMs: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The raw bytes, of which signatures are made. */
  readonly body: Buffer;
};

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** undefined: never answers. */
export type AnswerTo = (
  request: Received,
  /** Of this path, from 1. */
  count: number,
) => Answer | undefined | Promise<Answer | undefined>;

/** A customer's server, for tests: real HTTP on a port of its own. */
export type Receiver = AsyncDisposable & {
  readonly requests: readonly Received[];
  urlOf(path: string): string;
  at(path: string): readonly Received[];
  /** Resolves with all requests when at least `count` have come, to `path` if it is given. */
  arrived(count: number, path?: string): Promise<readonly Received[]>;
};

/** Without `answerTo` it answers 204 to everything. */
export async function startReceiver(
  answerTo: AnswerTo = () => ({ status: 204 }),
): Promise<Receiver> {
  const requests: Received[] = [];
  const at = (path?: string): readonly Received[] =>
    requests.filter((request) => path === undefined || request.path === path);

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const received = await readRequest(incoming);
    requests.push(received);
    const answer = await answerTo(received, at(received.path).length);
    if (answer !== undefined) outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  // Whoever sends closes what is idle; if both did, a request could come on what we just closed.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    requests,
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    at,
    arrived: (count, path) =>
      waitFor(`${count} requests ${path ?? ""}`, () => {
        const arrived = at(path);
        return arrived.length >= count ? arrived : undefined;
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Received> {
  const atMs = Date.now();
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { url: path = "", headers } = incoming;
  return { atMs, path, headers, body: Buffer.concat(chunks) };
}
