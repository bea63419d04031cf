/** What the worker bundles: every workflow by its name in Temporal. */
export { deliverMessages } from "./deliver-messages.ts";
export { resendMessage } from "./resend-message.ts";
export { runBackgroundTask } from "./run-background-task.ts";
export { watchEndpoint } from "./watch-endpoint.ts";
