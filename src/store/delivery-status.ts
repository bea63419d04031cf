/** How a message fares at an endpoint; those that are not attempted yet and those being retried are pending. */
export type DeliveryStatus = "succeeded" | "failed" | "unattempted" | "retrying" | "canceled";
