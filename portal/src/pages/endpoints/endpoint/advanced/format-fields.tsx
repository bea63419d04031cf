import {
  Group,
  Input,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import type { RequestFormatOut } from "../../../../api/schema.d.ts";
import type { FormatValues } from "./format-values.ts";
import { Optional } from "./optional.tsx";

/** What the fields of a request format need of their form. */
export type FormatForm = {
  readonly format: RequestFormatOut;
  readonly values: FormatValues;
  /** By the API's names of the fields. */
  readonly faults: Readonly<Record<string, string>>;
  readonly set: (changes: Partial<FormatValues>) => void;
};

export function BodyFields({ values, set }: FormatForm) {
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

export function HexSignature({ format, values, faults, set }: FormatForm) {
  return (
    <Optional
      label="Signature in hexadecimal"
      description="The body’s HMAC-SHA256 in a header, where your server verifies that already"
      isOn={values.hasHexSignature}
      onSwitch={(hasHexSignature) => set({ hasHexSignature })}
    >
      <Group grow align="flex-start">
        <PlaceField
          label="Header"
          placeholder="The usual one"
          value={values.hexHeader}
          fault={faults["hexSignature.header"]}
          onChange={(hexHeader) => set({ hexHeader })}
        />
        <SecretField
          label="Secret"
          masked={format.hexSignature?.secret}
          value={values.hexSecret}
          fault={faults["hexSignature.secret"] ?? faults["hexSignature"]}
          onChange={(hexSecret) => set({ hexSecret })}
        />
      </Group>
    </Optional>
  );
}

export function AuthToken({ format, values, faults, set }: FormatForm) {
  return (
    <Optional
      label="Token in a header"
      description="Sent as x-auth-token. Whoever sees one request can send others: use it with https only"
      isOn={values.hasAuthToken}
      onSwitch={(hasAuthToken) => set({ hasAuthToken })}
    >
      <SecretField
        label="Token"
        masked={format.authToken ?? undefined}
        value={values.authToken}
        fault={faults["authToken"]}
        onChange={(authToken) => set({ authToken })}
      />
    </Optional>
  );
}

export function BodyToken({ format, values, faults, set }: FormatForm) {
  return (
    <Optional
      label="Token in the body"
      description="Put into each body that is a JSON object, at a path such as meta.token"
      isOn={values.hasBodyToken}
      onSwitch={(hasBodyToken) => set({ hasBodyToken })}
    >
      <Group grow align="flex-start">
        <PlaceField
          label="Path"
          placeholder="meta.token"
          value={values.bodyTokenPath}
          fault={faults["bodyToken.path"]}
          onChange={(bodyTokenPath) => set({ bodyTokenPath })}
        />
        <SecretField
          label="Token"
          masked={format.bodyToken?.token}
          value={values.bodyToken}
          fault={faults["bodyToken.token"] ?? faults["bodyToken"]}
          onChange={(bodyToken) => set({ bodyToken })}
        />
      </Group>
    </Optional>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
};

/** Where in a request something stands. */
function PlaceField({ fault, onChange, ...props }: FieldProps & { readonly placeholder: string }) {
  return (
    <TextInput
      {...props}
      spellCheck={false}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** `masked`: what is known of the one that there is, and stays if nothing is entered. */
function SecretField({
  masked = "8 characters or more",
  fault,
  onChange,
  ...props
}: FieldProps & { readonly masked: string | undefined }) {
  return (
    <PasswordInput
      {...props}
      placeholder={masked}
      autoComplete="off"
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
