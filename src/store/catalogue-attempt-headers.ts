import type { AttemptHeaders } from "../domain/records.ts";

/**
 * What an attempt sent and was answered, apart from the bodies: none where it was not kept, or was
 * expunged. undefined if the message has no such attempt.
 */
export type FindAttemptHeaders = (
  messageId: string,
  attemptId: string,
) => Promise<AttemptHeaders | undefined>;
