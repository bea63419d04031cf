import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "../../api/api-error.ts";
import { changePlay, playQuery } from "../../api/plays.ts";
import type { PlayAnswerOut, PlayOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { usePlayClient } from "./use-play.ts";

const SECONDS_MAX = 20;
const QUICK_STATUSES = [200, 401, 500, 503];

type Values = Omit<PlayAnswerOut, "delayMs"> & { readonly delaySeconds: number };

/** What whoever sends something is answered. */
export function AnswerForm({ play }: { readonly play: PlayOut }) {
  const { delayMs, ...answer } = play.answer;
  const form = useForm<Values>({ initialValues: { ...answer, delaySeconds: delayMs / 1_000 } });
  const saving = useSaveAnswer(play.id, (saved) => form.resetDirty(saved));
  return (
    <form
      aria-label="The answer"
      onSubmit={form.onSubmit((values) =>
        saving.mutate(values, {
          onError: (error) => {
            if (error instanceof ApiError) form.setErrors(fieldsOf(error));
          },
        }),
      )}
    >
      <Stack gap="sm">
        <div>
          <Title order={2}>The answer</Title>
          <Text size="sm" c="dimmed">
            Let it fail, or be slow, and see what your webhooks do then.
          </Text>
        </div>
        <Group gap={6} role="group" aria-label="Usual statuses">
          {QUICK_STATUSES.map((status) => (
            <Button
              key={status}
              type="button"
              size="xs"
              variant={form.values.status === status ? "filled" : "default"}
              aria-pressed={form.values.status === status}
              onClick={() => form.setFieldValue("status", status)}
            >
              {status}
            </Button>
          ))}
        </Group>
        <Group grow align="flex-start" gap="sm">
          <NumberInput
            label="Status"
            min={200}
            max={599}
            allowDecimal={false}
            {...form.getInputProps("status")}
          />
          <NumberInput
            label="Delay"
            suffix=" s"
            min={0}
            max={SECONDS_MAX}
            {...form.getInputProps("delaySeconds")}
          />
        </Group>
        <TextInput label="Content type" {...form.getInputProps("contentType")} />
        <Textarea label="Body" autosize minRows={2} maxRows={10} {...form.getInputProps("body")} />
        {saving.error !== null && (
          <ErrorState title="The answer could not be set" error={saving.error} />
        )}
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={saving.isPending}>
            Set the answer
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSaveAnswer(playId: string, onSaved: (saved: Values) => void) {
  const client = usePlayClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ delaySeconds, ...answer }: Values) =>
      changePlay(client, playId, {
        answer: { ...answer, delayMs: Math.round(delaySeconds * 1_000) },
      }),
    onSuccess: (play, saved) => {
      queryClient.setQueryData(playQuery(client, playId).queryKey, play);
      onSaved(saved);
      notifications.show({
        color: "teal",
        title: "The answer is set",
        message: `From now on, requests are answered ${play.answer.status}.`,
      });
    },
  });
}

/** "answer.delayMs" is our "delaySeconds". */
function fieldsOf({ fields }: ApiError): Record<string, string> {
  const own = Object.entries(fields).map(([name, text]) => [name.replace(/^answer\./, ""), text]);
  const named = Object.fromEntries(own) as Record<string, string>;
  return named["delayMs"] === undefined ? named : { ...named, delaySeconds: named["delayMs"] };
}
