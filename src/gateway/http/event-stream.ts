import type { Response } from "express";
import type { EventSource } from "../route.ts";

type StreamOptions = {
  /** Rejects if the caller's token has expired, or was revoked. */
  readonly mayStillCall: () => Promise<unknown>;
  readonly heartbeatMs: number | undefined;
};

/** Shorter than the idle time after which proxies give up. */
const HEARTBEAT_MS = 15_000;
/** After how long a browser connects again. */
const RETRY_MS = 2_000;
/** Whoever does not read is not written to for ever: they connect again, and see everything. */
const UNREAD_BYTES_MAX = 256 * 1024;

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  // Nginx would gather them.
  "x-accel-buffering": "no",
};

/**
 * Answers with server-sent events, until either side ends, or the caller may no longer call. What
 * the source throws is thrown here, before anything is answered.
 */
export function sendEvents(
  response: Response,
  source: EventSource,
  { mayStillCall, heartbeatMs = HEARTBEAT_MS }: StreamOptions,
): void {
  const end = (): void => {
    response.end();
  };
  const write = (text: string): void => {
    if (response.writableEnded || response.destroyed) return;
    if (!response.headersSent) response.writeHead(200, HEADERS);
    response.write(text);
    if (response.writableLength > UNREAD_BYTES_MAX) response.destroy();
  };
  const beat = (): void => {
    write(": here\n\n");
    mayStillCall().catch(end);
  };

  const leave = source({
    send: (name, data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end,
  });
  write(`retry: ${RETRY_MS}\n\n`);
  const timer = setInterval(beat, heartbeatMs);
  const close = (): void => {
    clearInterval(timer);
    leave();
  };
  // Who has gone before we came here closes nothing more.
  if (response.destroyed) close();
  else response.once("close", close);
}
