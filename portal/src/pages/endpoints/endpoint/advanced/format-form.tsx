import {
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { ApiError } from "../../../../api/api-error.ts";
import { patchRequestFormat } from "../../../../api/endpoint-settings.ts";
import type { RequestFormatOut } from "../../../../api/schema.d.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useChange } from "../use-change.ts";
import { Optional } from "./optional.tsx";
import { patchOf, valuesOf, type FormatValues } from "./format-values.ts";
import { SaveRow } from "./save-row.tsx";

type FormatFormProps = { readonly format: RequestFormatOut };

type FieldsProps = FormatFormProps & {
  readonly values: FormatValues;
  readonly faults: Readonly<Record<string, string>>;
  readonly set: (changes: Partial<FormatValues>) => void;
};

const NO_FAULTS = {};

export function FormatForm({ format }: FormatFormProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const [values, setValues] = useState(() => valuesOf(format));
  const patch = patchOf(format, values);
  const saving = useChange(
    () => patchRequestFormat(portal, id, patch),
    () => notifications.show({ color: "teal", message: "The request format was changed" }),
  );
  const faults = saving.error instanceof ApiError ? saving.error.fields : NO_FAULTS;
  const isAtFields = Object.keys(faults).length > 0;
  const fields: FieldsProps = {
    format,
    values,
    faults,
    set: (changes) => setValues({ ...values, ...changes }),
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(undefined);
      }}
    >
      <Stack gap="lg">
        <BodyFields {...fields} />
        <HexSignature {...fields} />
        <AuthToken {...fields} />
        <BodyToken {...fields} />
        <SaveRow
          saving={{ isPending: saving.isPending, error: isAtFields ? null : saving.error }}
          isChanged={Object.keys(patch).length > 0}
          onReset={() => {
            setValues(valuesOf(format));
            saving.reset();
          }}
        />
      </Stack>
    </form>
  );
}

function BodyFields({ values, set }: FieldsProps) {
  return (
    <>
      <Stack gap={6} align="flex-start">
        <Input.Label component="div" id="body-format">
          Body
        </Input.Label>
        <SegmentedControl<FormatValues["body"]>
          aria-labelledby="body-format"
          value={values.body}
          onChange={(body) => set({ body })}
          data={[
            { value: "payload", label: "The payload" },
            { value: "event-data", label: '{"event": …, "data": …}' },
          ]}
        />
      </Stack>
      <Switch
        label="Checksum"
        description="The body’s SHA-256 in the header x-checksum-sha256. It finds what broke on the way, and protects from nobody"
        checked={values.checksum}
        onChange={(event) => set({ checksum: event.currentTarget.checked })}
      />
    </>
  );
}

function HexSignature({ format, values, faults, set }: FieldsProps) {
  return (
    <Optional
      label="Signature in hexadecimal"
      description="The body’s HMAC-SHA256 in a header, where your server verifies that already"
      isOn={values.hasHexSignature}
      onSwitch={(hasHexSignature) => set({ hasHexSignature })}
    >
      <Group grow align="flex-start">
        <TextInput
          label="Header"
          placeholder="The usual one"
          spellCheck={false}
          value={values.hexHeader}
          error={faults["hexSignature.header"]}
          onChange={(event) => set({ hexHeader: event.currentTarget.value })}
        />
        <PasswordInput
          label="Secret"
          placeholder={format.hexSignature?.secret ?? "8 characters or more"}
          autoComplete="off"
          value={values.hexSecret}
          error={faults["hexSignature.secret"] ?? faults["hexSignature"]}
          onChange={(event) => set({ hexSecret: event.currentTarget.value })}
        />
      </Group>
    </Optional>
  );
}

function AuthToken({ format, values, faults, set }: FieldsProps) {
  return (
    <Optional
      label="Token in a header"
      description="Sent as x-auth-token. Whoever sees one request can send others: use it with https only"
      isOn={values.hasAuthToken}
      onSwitch={(hasAuthToken) => set({ hasAuthToken })}
    >
      <PasswordInput
        label="Token"
        placeholder={format.authToken ?? "8 characters or more"}
        autoComplete="off"
        value={values.authToken}
        error={faults["authToken"]}
        onChange={(event) => set({ authToken: event.currentTarget.value })}
      />
    </Optional>
  );
}

function BodyToken({ format, values, faults, set }: FieldsProps) {
  return (
    <Optional
      label="Token in the body"
      description="Put into each body that is a JSON object, at a path such as meta.token"
      isOn={values.hasBodyToken}
      onSwitch={(hasBodyToken) => set({ hasBodyToken })}
    >
      <Group grow align="flex-start">
        <TextInput
          label="Path"
          placeholder="meta.token"
          spellCheck={false}
          value={values.bodyTokenPath}
          error={faults["bodyToken.path"]}
          onChange={(event) => set({ bodyTokenPath: event.currentTarget.value })}
        />
        <PasswordInput
          label="Token"
          placeholder={format.bodyToken?.token ?? "8 characters or more"}
          autoComplete="off"
          value={values.bodyToken}
          error={faults["bodyToken.token"] ?? faults["bodyToken"]}
          onChange={(event) => set({ bodyToken: event.currentTarget.value })}
        />
      </Group>
    </Optional>
  );
}
