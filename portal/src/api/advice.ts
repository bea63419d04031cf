import { ApiError } from "./api-error.ts";

/** For people: what the API said, and what they can do where it does not say so itself. */
export function adviceOf(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 403) {
    return `${error.message}. Whoever let you in decides what you may do.`;
  }
  if (error.status === 404) return "It is not there, or not there any more.";
  if (error.status === 429) return "Too many requests came in a short time. Wait a moment.";
  if (error.status >= 500) {
    return `Something failed on the server, not with you. ${error.message}`;
  }
  return error.message;
}
