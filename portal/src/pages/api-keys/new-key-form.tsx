import { Button, Checkbox, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, type ReactNode } from "react";
import { ApiError } from "../../api/api-error.ts";
import type { ApiKeyMode, ApiKeyScope } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { EMPTY_VALUES, faultsOf, type KeyValues } from "./new-key-values.ts";
import { SCOPES } from "./scopes.ts";

type NewKeyFormProps = {
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onSubmit: (values: KeyValues) => void;
  readonly onCancel: () => void;
};

const ENDS = [
  { value: "", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

export function NewKeyForm({ error, isBusy, onSubmit, onCancel }: NewKeyFormProps) {
  const form = useForm<KeyValues>({ initialValues: EMPTY_VALUES, validate: faultsOf });
  const { setErrors } = form;
  useEffect(() => {
    if (error instanceof ApiError) setErrors(error.fields);
  }, [error, setErrors]);
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          label="Name"
          placeholder="Billing service"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Modes value={form.values.mode} onChange={(mode) => form.setFieldValue("mode", mode)} />
        <Scopes {...form.getInputProps("scopes")} />
        <TextInput
          label="Only for one application"
          description="Its id or uid. Empty: for all of the organization"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps("appId")}
        />
        <Select
          label="Ends"
          data={ENDS}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          {...form.getInputProps("days")}
        />
        {error !== null && <ErrorState title="The key could not be made" error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ModesProps = {
  readonly value: ApiKeyMode;
  readonly onChange: (mode: ApiKeyMode) => void;
};

function Modes({ value, onChange }: ModesProps) {
  return (
    <Radio.Group
      label="Mode"
      value={value}
      onChange={(chosen) => onChange(chosen === "test" ? "test" : "live")}
    >
      <Stack gap={8} mt={6}>
        <Radio value="live" label="Live" description="Messages reach your customers’ endpoints" />
        <Radio value="test" label="Test" description="It works in sandboxes only" />
      </Stack>
    </Radio.Group>
  );
}

/** As `getInputProps` of a form gives them. */
type ScopesProps = {
  readonly value?: ApiKeyScope[];
  readonly onChange?: (scopes: string[]) => void;
  readonly error?: ReactNode;
};

function Scopes(props: ScopesProps) {
  return (
    <Checkbox.Group label="What it may do" {...props}>
      <Stack gap={8} mt={6}>
        {SCOPES.map(({ scope, label, description }) => (
          <Checkbox key={scope} value={scope} label={label} description={description} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
