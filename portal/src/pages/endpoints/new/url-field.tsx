import { Anchor, Text, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ChangeEventHandler, FocusEventHandler, ReactNode } from "react";
import { usePortal } from "../../../session/portal-context.tsx";
import { hintOf } from "./form-values.ts";
import classes from "./new.module.css";

/** As `getInputProps` of a form gives them. */
type UrlFieldProps = {
  readonly value?: string;
  readonly error?: ReactNode;
  readonly onChange?: ChangeEventHandler<HTMLInputElement>;
  readonly onFocus?: FocusEventHandler<HTMLInputElement>;
  readonly onBlur?: FocusEventHandler<HTMLInputElement>;
};

export function UrlField(props: UrlFieldProps) {
  const { baseUrl } = usePortal();
  const hint = hintOf(props.value ?? "");
  return (
    <div>
      <TextInput
        label="Endpoint URL"
        placeholder="https://api.example.com/webhooks"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        required
        data-autofocus
        {...props}
      />
      <div aria-live="polite">
        {hint !== undefined && (
          <Text size="xs" mt={6} className={classes["hint"]}>
            <IconInfoCircle size={14} aria-hidden />
            <span>{hint}</span>
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        No server yet?{" "}
        <Anchor href={`${baseUrl}/play`} target="_blank" size="xs" underline="always">
          Get a testing URL from Play
        </Anchor>
        , and watch what arrives there.
      </Text>
    </div>
  );
}
