import type { Logger } from "pino";
import type { Resend } from "../../delivery/resend.ts";
import { problem } from "../http/problem.ts";

/** Whoever asks is told that Temporal is away, and may ask again: nothing was taken. */
export function createGatewayResend(resend: Resend, logger: Logger): Resend {
  return async (delivery) => {
    try {
      await resend(delivery);
    } catch (error) {
      logger.warn({ err: error, ...delivery }, "a resend was not taken");
      throw problem(503, "unavailable", "Temporal does not answer, so nothing is sent: try again");
    }
  };
}
