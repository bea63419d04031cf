import { Button, Group, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "../../api/api-error.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { FormSection } from "../../components/form-section.tsx";
import { faultsOf, formErrors, type EventTypeValues } from "./event-type-values.ts";
import { JsonField } from "./json-field.tsx";

type EventTypeFormProps = {
  readonly initial: EventTypeValues;
  /** Whether the name can still be chosen. */
  readonly isNew: boolean;
  readonly canEdit: boolean;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onSubmit: (values: EventTypeValues) => void;
};

export function EventTypeForm(props: EventTypeFormProps) {
  const { initial, isNew, canEdit, error, isBusy, onSubmit } = props;
  const form = useForm<EventTypeValues>({ initialValues: initial, validate: faultsOf });
  const { setErrors } = form;
  useEffect(() => {
    if (error instanceof ApiError) setErrors(formErrors(error.fields));
  }, [error, setErrors]);
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <About form={form} isNew={isNew} canEdit={canEdit} />
      <Payload form={form} canEdit={canEdit} />
      <WhoSeesIt form={form} canEdit={canEdit} />
      {error !== null && <ErrorState title="The event type could not be saved" error={error} />}
      {canEdit && (
        <Group justify="flex-end" mt="xl">
          <Button variant="default" component={Link} to="/console/event-types">
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            {isNew ? "Add event type" : "Save"}
          </Button>
        </Group>
      )}
    </form>
  );
}

type SectionProps = {
  readonly form: UseFormReturnType<EventTypeValues>;
  readonly canEdit: boolean;
};

function About({ form, isNew, canEdit }: SectionProps & { readonly isNew: boolean }) {
  return (
    <FormSection title="What it is" description="As your customers read it when they choose.">
      <TextInput
        label="Name"
        placeholder="invoice.paid"
        description={isNew ? "Cannot be changed later. Points make a tree of it" : undefined}
        autoComplete="off"
        spellCheck={false}
        readOnly={!isNew || !canEdit}
        {...form.getInputProps("name")}
      />
      <Textarea
        label="Description"
        placeholder="An invoice was paid in full"
        autosize
        minRows={2}
        readOnly={!canEdit}
        {...form.getInputProps("description")}
      />
      <TextInput
        label="Group"
        placeholder="Billing"
        autoComplete="off"
        readOnly={!canEdit}
        {...form.getInputProps("groupName")}
      />
    </FormSection>
  );
}

function Payload({ form, canEdit }: SectionProps) {
  return (
    <FormSection
      title="Payload"
      description="Customers see both, and can have the example sent to their endpoint."
    >
      <JsonField
        label="Schema"
        description="A JSON Schema of the payload"
        placeholder={'{ "type": "object", "properties": { … } }'}
        canEdit={canEdit}
        value={form.values.schema}
        error={form.errors["schema"]}
        onChange={(text) => form.setFieldValue("schema", text)}
      />
      <JsonField
        label="Example"
        description="A payload as it may be sent"
        placeholder={'{ "id": "inv_1" }'}
        canEdit={canEdit}
        value={form.values.example}
        error={form.errors["example"]}
        onChange={(text) => form.setFieldValue("example", text)}
      />
    </FormSection>
  );
}

function WhoSeesIt({ form, canEdit }: SectionProps) {
  return (
    <FormSection title="Who sees it" description="All of your customers, unless you say otherwise.">
      <TagsInput
        label="Feature flags"
        description="Only sessions that have one of these see it. None: all do"
        placeholder={canEdit ? "Type one, then press Enter" : ""}
        readOnly={!canEdit}
        value={[...form.values.featureFlags]}
        error={form.errors["featureFlags"]}
        onChange={(flags) => form.setFieldValue("featureFlags", flags)}
      />
      <Switch
        label="Deprecated"
        description="It is still sent, and marked so that nobody begins to use it"
        disabled={!canEdit}
        {...form.getInputProps("deprecated", { type: "checkbox" })}
      />
    </FormSection>
  );
}
