import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { JsonView } from "../../../../components/code/json-view.tsx";
import { ErrorState } from "../../../../components/error-state.tsx";
import { SchemaTree } from "../../../../components/schema/schema-tree.tsx";
import { payloadFault, type Choice } from "./examples.ts";
import classes from "./testing.module.css";
import type { Sending } from "./use-send.ts";

type ExampleFormProps = {
  readonly choice: Choice;
  readonly canSend: boolean;
  /** Whether other payloads than the examples may be sent. */
  readonly canEdit: boolean;
  readonly sending: UseMutationResult<string, Error, Sending>;
};

type View = "payload" | "schema";

const EMPTY = "{}";

/** The payload to be sent, beside what the event type says of it. */
export function ExampleForm({ choice, canSend, canEdit, sending }: ExampleFormProps) {
  const [view, setView] = useState<View>("payload");
  const { payload, index, isExample, fault, setIndex, setEdited } = usePayload(choice);
  const hasExample = choice.examples.length > 0;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <ViewControl view={view} onChange={setView} />
        {hasExample && !isExample && (
          <Anchor component="button" type="button" size="xs" onClick={() => setEdited(undefined)}>
            Back to the example
          </Anchor>
        )}
        {isExample && (
          <WhichExample count={choice.examples.length} index={index} onChange={setIndex} />
        )}
      </Group>
      {view === "schema" ? (
        <Schema choice={choice} />
      ) : (
        <Payload payload={payload} fault={fault} {...(canEdit && { onEdit: setEdited })} />
      )}
      <NoExample choice={choice} canEdit={canEdit} />
      {sending.error !== null && (
        <ErrorState title="The example could not be sent" error={sending.error} />
      )}
      {canSend && (
        <SendButton
          isBusy={sending.isPending}
          isReady={fault === undefined && (isExample || canEdit)}
          onSend={() => {
            const exampleIndex = isExample ? index : undefined;
            sending.mutate({ eventType: choice.name, exampleIndex, payload });
          }}
        />
      )}
    </Stack>
  );
}

/** One of the examples, until it is edited. */
function usePayload({ examples }: Choice) {
  const [index, setIndex] = useState(0);
  const [edited, setEdited] = useState<string>();
  const example = examples[index];
  const payload = edited ?? example ?? EMPTY;
  const fault = payloadFault(payload);
  return { payload, index, isExample: payload === example, fault, setIndex, setEdited };
}

type SendButtonProps = {
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly onSend: () => void;
};

function SendButton({ isBusy, isReady, onSend }: SendButtonProps) {
  return (
    <div>
      <Button
        leftSection={<IconSend size={15} />}
        loading={isBusy}
        disabled={!isReady}
        onClick={onSend}
      >
        Send example
      </Button>
    </div>
  );
}

type ViewControlProps = { readonly view: View; readonly onChange: (view: View) => void };

function ViewControl({ view, onChange }: ViewControlProps) {
  return (
    <SegmentedControl<View>
      size="xs"
      aria-label="What is shown of the event type"
      value={view}
      onChange={onChange}
      data={[
        { value: "payload", label: "Payload" },
        { value: "schema", label: "Schema" },
      ]}
    />
  );
}

type WhichExampleProps = {
  readonly count: number;
  readonly index: number;
  readonly onChange: (index: number) => void;
};

function WhichExample({ count, index, onChange }: WhichExampleProps) {
  if (count < 2) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label="Which example"
      value={String(index)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={Array.from({ length: count }, (_, i) => ({
        value: String(i),
        label: `Example ${i + 1}`,
      }))}
    />
  );
}

function NoExample({ choice, canEdit }: Pick<ExampleFormProps, "choice" | "canEdit">) {
  if (choice.examples.length > 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {canEdit
        ? "This event type has no example. Write a payload of your own."
        : "This event type has no example to send."}
    </Text>
  );
}

type PayloadProps = {
  readonly payload: string;
  readonly fault: string | undefined;
  readonly onEdit?: (text: string) => void;
};

function Payload({ payload, fault, onEdit }: PayloadProps) {
  if (onEdit === undefined) return <JsonView text={payload} what="the example" />;
  return (
    <Textarea
      aria-label="Payload"
      autosize
      minRows={6}
      maxRows={22}
      spellCheck={false}
      classNames={{ input: classes["payload"] ?? "" }}
      value={payload}
      error={fault}
      onChange={(event) => onEdit(event.currentTarget.value)}
    />
  );
}

function Schema({ choice: { name, description, schema } }: { readonly choice: Choice }) {
  return (
    <div className={classes["schema"]}>
      {description !== "" && (
        <Text size="sm" c="dimmed" mb="sm">
          {description}
        </Text>
      )}
      {schema === undefined ? (
        <Text size="sm">There is no schema: its payload may be any JSON object.</Text>
      ) : (
        <SchemaTree schema={schema} what={`the payload of ${name}`} />
      )}
    </div>
  );
}
