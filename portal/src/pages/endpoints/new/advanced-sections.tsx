import {
  Collapse,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  TagsInput,
  Text,
  UnstyledButton,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDisclosure, useId } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { FormSection } from "../../../components/form-section.tsx";
import type { FormValues } from "./form-values.ts";
import { HeaderFields } from "./header-fields.tsx";
import classes from "./new.module.css";

type SectionProps = { readonly form: UseFormReturnType<FormValues> };

/** Those of its fields that can be wrong. */
const FIELDS = ["channels", "throttleRate", "headers", "authToken"];

/** What most endpoints do without, out of the way until somebody wants it. */
export function AdvancedSections({ form }: SectionProps) {
  const [isChosen, { toggle }] = useDisclosure(false);
  const isOpen = isChosen || FIELDS.some((name) => form.errors[name] !== undefined);
  const id = useId();
  return (
    <>
      <UnstyledButton
        type="button"
        className={classes["toggle"]}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      >
        <IconChevronRight size={16} aria-hidden /> Advanced
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id} keepMounted={false}>
        <Delivery form={form} />
        <Requests form={form} />
      </Collapse>
    </>
  );
}

function Delivery({ form }: SectionProps) {
  return (
    <FormSection title="Delivery" description="Which of the messages come, and how fast.">
      <TagsInput
        label="Channels"
        openOnFocus={false}
        description="Only messages in one of these channels come. Empty: all messages"
        placeholder="Type one, then press Enter"
        value={[...form.values.channels]}
        onChange={(channels) => form.setFieldValue("channels", channels)}
        error={form.errors["channels"]}
      />
      <NumberInput
        label="Throttle"
        description="At most this many messages per second; the others wait their turn. Empty: no limit"
        placeholder="No throttle"
        min={1}
        allowDecimal={false}
        suffix=" per second"
        {...form.getInputProps("throttleRate")}
      />
    </FormSection>
  );
}

function Requests({ form }: SectionProps) {
  return (
    <FormSection
      title="Requests"
      description="What your server, or what stands before it, wants of a request. Each is signed in any case."
    >
      <HeaderFields
        rows={form.values.headers}
        onChange={(headers) => form.setFieldValue("headers", headers)}
        error={form.errors["headers"]}
      />
      <PasswordInput
        label="Token"
        description="If your server checks one: it is sent in the header x-auth-token"
        autoComplete="off"
        {...form.getInputProps("authToken")}
      />
      <Stack gap={6}>
        <Text size="sm" fw={500} id="body-format">
          Body
        </Text>
        <SegmentedControl<FormValues["body"]>
          aria-labelledby="body-format"
          value={form.values.body}
          onChange={(body) => form.setFieldValue("body", body)}
          data={[
            { value: "payload", label: "The payload" },
            { value: "event-data", label: '{"event": …, "data": …}' },
          ]}
        />
      </Stack>
      <Switch
        label="Add a checksum of the body as a header"
        {...form.getInputProps("checksum", { type: "checkbox" })}
      />
    </FormSection>
  );
}
