import { Button, Group, Text, Textarea } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { prettyJson } from "../../components/code/pretty-json.ts";
import classes from "./catalogue-editor.module.css";
import { jsonFault } from "./json-text.ts";

type JsonFieldProps = {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Of the whole form, such as what the API found. What is no JSON is said at once. */
  readonly error?: ReactNode;
  readonly canEdit: boolean;
};

/** JSON that people edit: whether it is any is said while they type. */
export function JsonField(props: JsonFieldProps) {
  const { label, description, placeholder, value, onChange, error, canEdit } = props;
  const id = useId();
  return (
    <div>
      <Group justify="space-between" align="flex-end" mb={6}>
        <div>
          <Text component="label" htmlFor={id} size="sm" fw={600}>
            {label}
          </Text>
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        </div>
        {canEdit && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={`Tidy ${label.toLowerCase()}`}
            onClick={() => onChange(prettyJson(value) ?? value)}
          >
            Tidy
          </Button>
        )}
      </Group>
      <Textarea
        id={id}
        classNames={{ input: classes["json"] ?? "" }}
        placeholder={placeholder}
        autosize
        minRows={5}
        maxRows={24}
        spellCheck={false}
        readOnly={!canEdit}
        value={value}
        error={jsonFault(value) ?? error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}
