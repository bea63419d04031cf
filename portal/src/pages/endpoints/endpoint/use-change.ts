import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Something that changes the endpoint: what is shown of it is asked for anew. */
export function useChange<Input>(
  change: (input: Input) => Promise<unknown>,
  onDone?: (input: Input) => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (_, input) => {
      await queryClient.invalidateQueries({ queryKey: ["endpoints"] });
      onDone?.(input);
    },
  });
}

/** As {@link useChange}, for what a form saves; `done` says so: "The headers were changed". */
export function useSave(save: () => Promise<unknown>, done: string, onSaved?: () => void) {
  return useChange<undefined>(save, () => {
    notifications.show({ color: "teal", message: done });
    onSaved?.();
  });
}
