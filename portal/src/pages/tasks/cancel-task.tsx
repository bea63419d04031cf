import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { BackgroundTaskOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { useConsole } from "../../session/console-context.tsx";
import { typeWords } from "./task-words.ts";

type CancelTaskProps = { readonly task: BackgroundTaskOut };

export function CancelTask({ task }: CancelTaskProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const canceling = useCancel(task.id, close);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={`Cancel the task ${typeWords(task.task)}`}
        onClick={open}
      >
        Cancel
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Cancel “${typeWords(task.task)}”?`} ta="start">
        <Stack>
          <Text size="sm">It stops where it is. What it has done stays done.</Text>
          {canceling.error !== null && (
            <ErrorState title="It could not be canceled" error={canceling.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Let it run
            </Button>
            <Button color="red" loading={canceling.isPending} onClick={() => canceling.mutate()}>
              Cancel the task
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function useCancel(taskId: string, onDone: () => void) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        client.POST("/api/v1/background-task/{task_id}/cancel", {
          params: { path: { task_id: taskId } },
        }),
      ),
    onSuccess: () => {
      onDone();
      notifications.show({ message: "The task was canceled" });
    },
    // Whether it was canceled or had ended meanwhile: the list is out of date.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["tasks"] }),
  });
}
