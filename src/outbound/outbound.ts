import type { AttemptOutcome } from "../domain/attempt.ts";
import { createAddressGuard, parseSubnets } from "./address-guard.ts";
import { Exchange } from "./exchange.ts";
import { createPools } from "./pools.ts";

export type OutboundOptions = {
  /** For one request, from the look-up of its host to the last byte of the answer. */
  readonly timeoutMs: number;
  /** CIDRs that may be connected to although they are not public. */
  readonly allowedSubnets: readonly string[];
  readonly userAgent: string;
};

export type OutboundRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** The only way to a receiver. */
export type Outbound = {
  /**
   * POSTs once and says what came of it. Whatever the URL, the network or the receiver does is an
   * outcome; it rejects only after `close`.
   */
  post(request: OutboundRequest): Promise<AttemptOutcome>;
  /** Lets what is under way end, which takes `timeoutMs` at most, and closes the connections. */
  close(): Promise<void>;
};

const PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };
/** Its text is not repeated: it may contain a password. */
const NOT_A_URL: AttemptOutcome = {
  kind: "unanswered",
  reason: "unreachable",
  detail: "The endpoint's URL is not a valid http or https URL.",
  durationMs: 0,
};

/** Throws a RangeError that names the part of `allowedSubnets` that is not a subnet. */
export function createOutbound(options: OutboundOptions): Outbound {
  const guard = createAddressGuard(parseSubnets(options.allowedSubnets));
  const pools = createPools(guard, options.timeoutMs);
  let closed = false;

  return {
    post: async (request) => {
      if (closed) throw new Error("post after close");
      const url = URL.parse(request.url);
      const port = PORTS[url?.protocol ?? ""];
      if (url === null || port === undefined) return NOT_A_URL;

      return new Promise((settle) => {
        const target = `${url.hostname}:${url.port || port}`;
        const exchange = new Exchange(target, options.timeoutMs, settle);
        pools.of(url.origin).dispatch(
          {
            method: "POST",
            path: url.pathname + url.search,
            headers: requestHeaders(url, request.headers, options.userAgent),
            body: request.body,
          },
          exchange,
        );
      });
    },
    close: () => {
      closed = true;
      return pools.close();
    },
  };
}

/** Names and values in turn, as undici takes them; the given ones replace ours. */
function requestHeaders(
  url: URL,
  given: Readonly<Record<string, string>>,
  userAgent: string,
): string[] {
  const names = new Set<string>();
  const headers: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    names.add(name.toLowerCase());
    headers.push(name, value);
  }
  const add = (name: string, value: string): void => {
    if (!names.has(name)) headers.push(name, value);
  };
  add("content-type", "application/json");
  add("accept", "*/*");
  add("user-agent", userAgent);
  if (url.username !== "" || url.password !== "") add("authorization", basicAuth(url));
  return headers;
}

function basicAuth(url: URL): string {
  const credentials = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

/** A "%" that begins no escape is kept: a password may well contain one. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
