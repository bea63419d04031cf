import express from "express";
import { signatureHeaders } from "../signing/sign.ts";
import { serve } from "./serve.ts";
import { UserError } from "./user-error.ts";

/** What a consumer would run: verifies each delivery over its raw body, and answers. */
export type DemoReceiver = {
  readonly url: string;
  /** The endpoint's secret, once there is one. */
  trust(secret: string): void;
  close(): Promise<void>;
};

/** The ids of playgrounds begin so. Their first attempt is refused, to show a retry. */
const REFUSED_ONCE = "pg_";
const REMEMBERED_MAX = 1_000;

export async function startDemoReceiver(
  preferredPort: number,
  onDelivery: (line: string) => void,
): Promise<DemoReceiver> {
  const app = express();
  const seen = new Set<string>();
  let secret: string | undefined;

  app.post("/{*path}", express.raw({ type: () => true }), (request, response) => {
    const body: Uint8Array = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const id = request.header("webhook-id") ?? "";
    const isGenuine =
      secret !== undefined && isSigned(secret, id, body, request.header.bind(request));
    const isFirst = !seen.has(id);
    if (seen.size >= REMEMBERED_MAX) seen.clear();
    seen.add(id);

    const isRefused = isFirst && idIn(body).startsWith(REFUSED_ONCE);
    const status = !isGenuine ? 401 : isRefused ? 503 : 200;
    onDelivery(`receiver: ${id}, signature ${isGenuine ? "valid" : "NOT valid"} → ${status}`);
    response.status(status).json({ received: status === 200 });
  });

  const listening = await serve(app, "127.0.0.1", preferredPort).catch((error: unknown) => {
    if (error instanceof UserError) return serve(app, "127.0.0.1", 0);
    throw error;
  });
  return {
    url: `${listening.url}/`,
    trust: (known) => (secret = known),
    close: listening.close,
  };
}

function idIn(body: Uint8Array): string {
  try {
    const { id } = JSON.parse(new TextDecoder().decode(body)) as { id?: unknown };
    return String(id);
  } catch {
    return "";
  }
}

/** What the libraries of our docs do: sign it again, and compare. */
function isSigned(
  secret: string,
  messageId: string,
  body: Uint8Array,
  header: (name: string) => string | undefined,
): boolean {
  const timestampS = Number(header("webhook-timestamp"));
  const input = { messageId, timestampS, body, secrets: [secret], headerSet: "webhook" } as const;
  return signatureHeaders(input)["webhook-signature"] === header("webhook-signature");
}
