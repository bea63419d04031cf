import { useState } from "react";
import { ApiError } from "../../../../api/api-error.ts";
import { patchRequestFormat } from "../../../../api/endpoint-settings.ts";
import type { RequestFormatOut } from "../../../../api/schema.d.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useSave } from "../use-change.ts";
import {
  AuthToken,
  BodyFields,
  BodyToken,
  HexSignature,
  type FormatForm,
} from "./format-fields.tsx";
import { patchOf, valuesOf } from "./format-values.ts";
import { SaveForm } from "./save-form.tsx";

type RequestFormatFormProps = {
  readonly format: RequestFormatOut;
  readonly onSaved: () => void;
};

const NO_FAULTS = {};

export function RequestFormatForm({ format, onSaved }: RequestFormatFormProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const [values, setValues] = useState(() => valuesOf(format));
  const patch = patchOf(format, values);
  const saving = useSave(
    () => patchRequestFormat(portal, id, patch),
    "The request format was changed",
    onSaved,
  );
  const faults = saving.error instanceof ApiError ? saving.error.fields : NO_FAULTS;
  const isAtFields = Object.keys(faults).length > 0;
  const form: FormatForm = {
    format,
    values,
    faults,
    set: (changes) => setValues({ ...values, ...changes }),
  };
  return (
    <SaveForm
      saving={saving}
      error={isAtFields ? null : saving.error}
      isChanged={Object.keys(patch).length > 0}
      onReset={() => {
        setValues(valuesOf(format));
      }}
      gap="lg"
    >
      <BodyFields {...form} />
      <HexSignature {...form} />
      <AuthToken {...form} />
      <BodyToken {...form} />
    </SaveForm>
  );
}
