import { Flex } from "@mantine/core";
import type { BackgroundTaskOut } from "../../api/schema.d.ts";
import { ViewWebhook } from "../applications/view-webhook.tsx";
import { CancelTask } from "./cancel-task.tsx";
import { useApplicationOf } from "./task-owner.tsx";
import { ownerOf } from "./task-words.ts";

/** What whoever may manage does with a task: look at what it works on, and end it. */
export function TaskMenu({ task }: { readonly task: BackgroundTaskOut }) {
  const { appId, endpointId } = ownerOf(task);
  const { data: application } = useApplicationOf(appId);
  return (
    <Flex gap={8} justify="flex-end" align="flex-end" direction={{ base: "column", sm: "row" }}>
      {task.status === "running" && <CancelTask task={task} />}
      {application !== undefined && (
        <ViewWebhook
          application={application}
          isShortWhereNarrow
          {...(endpointId !== undefined && { at: `/endpoints/${endpointId}` })}
        />
      )}
    </Flex>
  );
}
