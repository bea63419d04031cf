/** What the worker bundles: every workflow by its name in Temporal. */
export { deliverInOrder } from "./deliver-in-order.ts";
export { deliverMessages } from "./deliver-messages.ts";
export { resendMessage } from "./resend-message.ts";
export { runBackgroundTask } from "./run-background-task.ts";
export { triggerExample } from "./trigger-example.ts";
export { watchEndpoint } from "./watch-endpoint.ts";
