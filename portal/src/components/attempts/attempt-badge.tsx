import { Group } from "@mantine/core";
import type { MessageAttemptOut } from "../../api/schema.d.ts";
import { Pill, StatusBadge } from "../status/status-badge.tsx";

type AttemptBadgeProps = {
  readonly attempt: Pick<MessageAttemptOut, "statusText" | "responseStatusCode" | "triggerType">;
};

/** "Failed 500", and whether somebody asked for it. */
export function AttemptBadge({ attempt }: AttemptBadgeProps) {
  const { statusText, responseStatusCode: code } = attempt;
  const isSuccess = statusText === "success";
  return (
    <Group gap={6}>
      <StatusBadge
        status={isSuccess ? "success" : "fail"}
        label={code === 0 ? "No answer" : `${isSuccess ? "Succeeded" : "Failed"} ${code}`}
      />
      {isByHand(attempt) && <Pill tone="quiet">By hand</Pill>}
    </Group>
  );
}

/** Whether somebody asked for it, and not its schedule. */
export function isByHand({ triggerType }: Pick<MessageAttemptOut, "triggerType">): boolean {
  return triggerType === 1;
}
