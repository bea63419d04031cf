import { Button, Card, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf } from "../../api/client.ts";
import type { EventTypeTemplateSetOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { useConsole } from "../../session/console-context.tsx";
import { importWords } from "./import-words.ts";
import { EVENT_TYPES_KEY } from "./use-event-types.ts";

type TemplatesDialogProps = { readonly opened: boolean; readonly onClose: () => void };

/** Sets of event types to begin with. */
export function TemplatesDialog({ opened, onClose }: TemplatesDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title="Import a set of event types">
      <Templates onDone={onClose} />
    </Modal>
  );
}

function Templates({ onDone }: { readonly onDone: () => void }) {
  const { client } = useConsole();
  const [replaces, setReplaces] = useState(false);
  const importing = useImport(replaces, onDone);
  const sets = useQuery({
    queryKey: ["event-type-templates"],
    queryFn: () => answerOf(client.GET("/api/v1/event-type-template")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Stack>
      <Loaded query={sets} what="the sets">
        {({ data }) =>
          data.map((set) => (
            <TemplateSet
              key={set.name}
              set={set}
              isBusy={importing.isPending && importing.variables === set.name}
              onImport={() => importing.mutate(set.name)}
            />
          ))
        }
      </Loaded>
      <Checkbox
        label="Replace what exists"
        description="Description, group and schemas become the set’s. Otherwise what exists stays"
        checked={replaces}
        onChange={({ currentTarget }) => setReplaces(currentTarget.checked)}
      />
      {importing.error !== null && (
        <ErrorState title="The set could not be imported" error={importing.error} />
      )}
    </Stack>
  );
}

type TemplateSetProps = {
  readonly set: EventTypeTemplateSetOut;
  readonly isBusy: boolean;
  readonly onImport: () => void;
};

function TemplateSet({ set, isBusy, onImport }: TemplateSetProps) {
  return (
    <Card padding="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600}>{set.name}</Text>
          <Text size="sm" c="dimmed">
            {set.description}
          </Text>
          <Text size="xs" mt={6} className="mono">
            {set.eventTypes.map(({ name }) => name).join(", ")}
          </Text>
        </div>
        <Button
          size="xs"
          flex="none"
          loading={isBusy}
          aria-label={`Import ${set.name}`}
          onClick={onImport}
        >
          Import
        </Button>
      </Group>
    </Card>
  );
}

function useImport(replace: boolean, onDone: () => void) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      answerOf(
        client.POST("/api/v1/event-type-template/{template_name}/import", {
          params: { path: { template_name: name } },
          body: { replace },
        }),
      ),
    onSuccess: (imported) => {
      notifications.show({ message: importWords(imported) });
      onDone();
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: [EVENT_TYPES_KEY] }),
  });
}
