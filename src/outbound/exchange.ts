import type { IncomingHttpHeaders } from "node:http";
import { errors } from "undici";
import type { Dispatcher } from "undici";
import type { AttemptOutcome } from "../domain/attempt.ts";
import { bodyText } from "./body-text.ts";
import { describeFailure } from "./failure.ts";
import type { Failure } from "./failure.ts";
import { keptHeaders } from "./kept-headers.ts";
import { parseRetryAfterMs } from "./retry-after.ts";

type Settle = (outcome: AttemptOutcome) => void;

const BODY_BYTES_MAX = 65_536;
/** No content and not modified: they have no body, whatever length they announce (RFC 9110, 8.6). */
const BODILESS: readonly (number | undefined)[] = [204, 304];

/**
 * One request and its answer, from dispatch to outcome, within one limit of time. Settles once and
 * leaves nothing behind: what comes later is cut off.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #target: string;
  readonly #timeoutMs: number;
  readonly #settle: Settle;
  readonly #timer: NodeJS.Timeout;
  readonly #startedAtMs = performance.now();
  readonly #chunks: Buffer[] = [];
  #bodyBytes = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #status: number | undefined;
  #headers: IncomingHttpHeaders = {};
  #retryAfterMs: number | undefined;
  #settled = false;

  /** `target` is the receiver as host:port. */
  constructor(target: string, timeoutMs: number, settle: Settle) {
    this.#target = target;
    this.#timeoutMs = timeoutMs;
    this.#settle = settle;
    this.#timer = setTimeout(() => this.#timeOut(), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Its time passed while it waited for a connection. Throwing leaves that one to the next.
    if (this.#settled) throw new Error("the request was given up before it was sent");
    this.#controller = controller;
  }

  /** Also called for informational answers (1xx), which are not yet the answer. */
  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const retryAfter = headers["retry-after"];
    if (typeof retryAfter === "string") {
      this.#retryAfterMs = parseRetryAfterMs(retryAfter, Date.now());
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes <= BODY_BYTES_MAX) {
      this.#chunks.push(chunk);
      return;
    }
    this.#giveUp({
      reason: "response_too_large",
      detail: `The body of the answer from ${this.#target} (status ${this.#status}) was longer than ${BODY_BYTES_MAX / 1_024} KiB.`,
    });
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#end({
      kind: "answered",
      status: this.#status ?? 0,
      headers: keptHeaders(this.#headers),
      body: bodyText(body),
      retryAfterMs: this.#retryAfterMs,
      durationMs: this.#durationMs(),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const isLengthOnly = error instanceof errors.ResponseContentLengthMismatchError;
    if (isLengthOnly && BODILESS.includes(this.#status)) return this.onResponseEnd();
    this.#fail(describeFailure(error, { target: this.#target, status: this.#status }));
  }

  #timeOut(): void {
    const within = `within ${this.#timeoutMs / 1_000} s`;
    const detail =
      this.#controller === undefined
        ? `No connection to ${this.#target} ${within}.`
        : this.#status === undefined
          ? `No answer from ${this.#target} ${within}.`
          : `The answer from ${this.#target} (status ${this.#status}) was not complete ${within}.`;
    this.#giveUp({ reason: "timeout", detail });
  }

  #giveUp(failure: Failure): void {
    this.#fail(failure);
    this.#controller?.abort(new Error(failure.detail));
  }

  #fail(failure: Failure): void {
    this.#end({ kind: "unanswered", ...failure, durationMs: this.#durationMs() });
  }

  #end(outcome: AttemptOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#settle(outcome);
  }

  #durationMs(): number {
    return Math.round(performance.now() - this.#startedAtMs);
  }
}
