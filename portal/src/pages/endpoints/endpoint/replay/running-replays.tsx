import { Alert, Button, Group, Modal, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { runningReplaysQuery, type ReplayKind } from "../../../../api/replays.ts";
import type { ReplayTaskOut } from "../../../../api/schema.d.ts";
import { countWords } from "../../../../components/numbers.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { REPLAY_KINDS } from "./replay-kinds.ts";
import { ReplayProgress } from "./replay-progress.tsx";

const KINDS: Readonly<Record<string, ReplayKind>> = {
  "endpoint.recover": "recover",
  "endpoint.replay": "replay-missing",
  "endpoint.bulk-replay": "bulk-replay",
};

/** What is being sent again just now, whoever began it. */
export function RunningReplays() {
  const portal = usePortal();
  const { data } = useQuery(runningReplaysQuery(portal, useEndpoint().id));
  const [shown, setShown] = useState<ReplayTaskOut>();
  return (
    <>
      {data?.data.map((task) => (
        <Alert key={task.id} mb="xl" color="brand" icon={<IconRefresh size={18} />}>
          <Group justify="space-between">
            <Text size="sm">
              {wordsOf(task).doing}: {countWords(task.data.sent)} sent so far
            </Text>
            <Button size="xs" variant="default" onClick={() => setShown(task)}>
              Show
            </Button>
          </Group>
        </Alert>
      ))}
      {shown !== undefined && (
        <Modal opened onClose={() => setShown(undefined)} title={wordsOf(shown).title} size="lg">
          <ReplayProgress taskId={shown.id} onClose={() => setShown(undefined)} />
        </Modal>
      )}
    </>
  );
}

function wordsOf({ task }: Pick<ReplayTaskOut, "task">) {
  return REPLAY_KINDS[KINDS[task] ?? "bulk-replay"];
}
