import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cancelReplay, replayTaskQuery } from "../../../../api/replays.ts";
import type { ReplayTaskOut } from "../../../../api/schema.d.ts";
import { ErrorState } from "../../../../components/error-state.tsx";
import { Loading } from "../../../../components/loading.tsx";
import { countWords } from "../../../../components/numbers.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { endWords, progressOf } from "./progress.ts";
import classes from "./replay.module.css";

type ReplayProgressProps = {
  readonly taskId: string;
  /** How many messages it is about; without it, only what was done is known. */
  readonly expected?: number;
  readonly onClose: () => void;
};

/** How far it is; and a way to have no more of it. */
export function ReplayProgress({ taskId, expected, onClose }: ReplayProgressProps) {
  const portal = usePortal();
  const queryClient = useQueryClient();
  const { data: task, error, refetch } = useQuery(replayTaskQuery(portal, taskId));
  const canceling = useMutation({
    mutationFn: () => cancelReplay(portal, taskId),
    onSuccess: (canceled) =>
      queryClient.setQueryData(replayTaskQuery(portal, taskId).queryKey, canceled),
  });
  const status = task?.status;
  useEffect(() => {
    if (status === undefined || status === "running") return;
    for (const key of ["attempts", "messages", "stats", "tasks", "endpoints"]) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  }, [status, queryClient]);
  if (task === undefined) {
    if (error === null) return <Loading what="how far it is" lines={2} />;
    return (
      <ErrorState
        title="How far it is, is not known"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const isRunning = task.status === "running";
  return (
    <Stack>
      <Bar task={task} expected={expected} />
      {canceling.error !== null && (
        <ErrorState title="It could not be canceled" error={canceling.error} />
      )}
      {isRunning && (
        <Text size="sm" c="dimmed">
          It goes on if you close this, and this page shows it as long as it runs.
        </Text>
      )}
      <Group justify="flex-end">
        {isRunning && portal.can("CreateAttempts") && (
          <Button
            variant="default"
            loading={canceling.isPending}
            onClick={() => canceling.mutate()}
          >
            Cancel the rest
          </Button>
        )}
        <Button onClick={onClose}>{isRunning ? "Close" : "Done"}</Button>
      </Group>
    </Stack>
  );
}

type BarProps = { readonly task: ReplayTaskOut; readonly expected: number | undefined };

function Bar({ task, expected }: BarProps) {
  const { data, status } = task;
  const percent = progressOf(task, expected);
  const [isRunning, hasFailed] = [status === "running", status === "failed"];
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} role="status">
        {isRunning ? sendingWords(data.sent, expected) : endWords(task)}
      </Text>
      {status === "finished" && data.failed > 0 ? (
        <Progress.Root size="lg">
          <Progress.Section
            value={(100 * (data.sent - data.failed)) / data.sent}
            color="teal"
            aria-label="How much did not fail"
          />
          <Progress.Section
            value={(100 * data.failed) / data.sent}
            color="red"
            aria-label="How much failed"
          />
        </Progress.Root>
      ) : (
        <Progress
          value={percent ?? 100}
          size="lg"
          color={hasFailed ? "red" : isRunning ? "brand" : "teal"}
          animated={isRunning && percent === undefined}
          aria-label="How much has been sent"
        />
      )}
      <dl className={classes["counts"]}>
        <Count label="Sent" count={data.sent} />
        <Count label="Succeeded" count={data.succeeded} />
        <Count label="Failed" count={data.failed} />
        {data.skipped > 0 && <Count label="Payload gone" count={data.skipped} />}
      </dl>
    </Stack>
  );
}

function sendingWords(sent: number, expected: number | undefined): string {
  const words = countWords(sent);
  return expected === undefined
    ? `${words} sent so far…`
    : `${words} of ${countWords(expected)} sent…`;
}

function Count({ label, count }: { readonly label: string; readonly count: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{countWords(count)}</dd>
    </div>
  );
}
