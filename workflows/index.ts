/** What the worker bundles: every workflow by its name in Temporal. */
export { deliverMessages } from "./deliver-messages.ts";
