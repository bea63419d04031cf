import type { EndpointOut } from "../../api/schema.d.ts";
import type { Status } from "./status-badge.tsx";

type Health = Pick<EndpointOut, "disabled" | "disabledReason" | "failingSince">;

export function endpointStatus({ disabled, disabledReason, failingSince }: Health): Status {
  if (disabled) {
    if (disabledReason === "failing") return "disabledByFailure";
    return disabledReason === "gone" ? "gone" : "disabled";
  }
  return failingSince === null ? "enabled" : "failing";
}
