import { Button, Group, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "../../../api/api-error.ts";
import { useEventTypes } from "../../../api/event-types.ts";
import { ErrorState } from "../../../components/error-state.tsx";
import { EventTypeTree } from "../../../components/event-types/event-type-tree.tsx";
import { FormSection } from "../../../components/form-section.tsx";
import { Loaded } from "../../../components/loaded.tsx";
import { AdvancedSections } from "./advanced-sections.tsx";
import { emptyValues, faultsOf, type FormValues } from "./form-values.ts";
import { UrlField } from "./url-field.tsx";

type NewEndpointFormProps = {
  /** To begin with. */
  readonly url: string;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onSubmit: (values: FormValues) => void;
};

export function NewEndpointForm({ url, error, isBusy, onSubmit }: NewEndpointFormProps) {
  const form = useForm<FormValues>({
    initialValues: emptyValues(url),
    validate: (values) => faultsOf(values),
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error instanceof ApiError) setErrors(error.fields);
  }, [error, setErrors]);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(onSubmit, (faults) => {
        const [first = ""] = Object.keys(faults);
        form.getInputNode(first)?.focus();
      })}
    >
      <FormSection
        title="Where to"
        description="The URL of your server that takes POST requests, and answers 2xx when it has them."
      >
        <UrlField
          {...form.getInputProps("url")}
          onUrl={(chosen) => form.setFieldValue("url", chosen)}
        />
        <Textarea
          label="Description"
          placeholder="What it is for, to tell it from others"
          autosize
          minRows={1}
          {...form.getInputProps("description")}
        />
      </FormSection>
      <FormSection
        title="What it receives"
        description="Choose event types, or none to receive all, also those that come later."
      >
        <EventTypes
          value={form.values.eventTypes}
          onChange={(names) => form.setFieldValue("eventTypes", names)}
        />
      </FormSection>
      <AdvancedSections form={form} />
      {error !== null && <ErrorState title="The endpoint could not be added" error={error} />}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" component={Link} to="/portal/endpoints">
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          Add endpoint
        </Button>
      </Group>
    </form>
  );
}

type EventTypesProps = {
  readonly value: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
};

function EventTypes({ value, onChange }: EventTypesProps) {
  return (
    <Loaded query={useEventTypes()} what="the event types" lines={4}>
      {(all) => <EventTypeTree eventTypes={all} value={value} onChange={onChange} />}
    </Loaded>
  );
}
