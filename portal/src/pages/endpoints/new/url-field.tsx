import { Text, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ChangeEventHandler, FocusEventHandler, ReactNode } from "react";
import { hintOf } from "./form-values.ts";
import classes from "./new.module.css";
import { PlayUrl } from "./play-url.tsx";

/** As `getInputProps` of a form gives them. */
type UrlFieldProps = {
  readonly value?: string;
  readonly error?: ReactNode;
  readonly onChange?: ChangeEventHandler<HTMLInputElement>;
  readonly onFocus?: FocusEventHandler<HTMLInputElement>;
  readonly onBlur?: FocusEventHandler<HTMLInputElement>;
  /** Puts a URL there that the reader did not type. */
  readonly onUrl: (url: string) => void;
};

export function UrlField({ onUrl, ...props }: UrlFieldProps) {
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
      <PlayUrl url={props.value ?? ""} onUrl={onUrl} />
    </div>
  );
}
