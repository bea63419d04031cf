import { ActionIcon, Group, SegmentedControl, Stack, Text, Tooltip } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconTextWrap } from "@tabler/icons-react";
import { useMemo, useState, type ReactNode } from "react";
import { CodeBlock } from "./code-block.tsx";
import { prettyJson } from "./pretty-json.ts";
import { jsonTokens } from "./tokens.ts";

/** What was cut off is no JSON any more, and has its colours yet; a page of HTML has none. */
const JSON_BEGINNING = /^\s*[{[]/;

type JsonViewProps = {
  /** As it was sent or received. What is not JSON is shown as it is. */
  readonly text: string;
  /** "the payload". */
  readonly what: string;
  readonly title?: ReactNode;
  readonly maxHeight?: number;
};

type Form = "pretty" | "raw";

/** Indented or as it is; whether long lines wrap is remembered, on every page. */
export function JsonView({ text, what, title, maxHeight }: JsonViewProps) {
  const [form, setForm] = useState<Form>("pretty");
  const [isWrapped, setWrapped] = useLocalStorage({ key: "posthorn-wrap", defaultValue: true });
  const pretty = useMemo(() => prettyJson(text), [text]);
  const isJson = pretty !== undefined;
  const shown = form === "pretty" && isJson ? pretty : text;
  const tokens = useMemo(
    () =>
      isJson || JSON_BEGINNING.test(shown)
        ? jsonTokens(shown)
        : [{ kind: "plain", text: shown } as const],
    [isJson, shown],
  );
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text component="div" size="sm" fw={550}>
          {title}
        </Text>
        <Group gap={6}>
          <WrapToggle what={what} isWrapped={isWrapped} onChange={setWrapped} />
          {isJson && (
            <SegmentedControl<Form>
              size="xs"
              value={form}
              onChange={setForm}
              aria-label={`How ${what} is shown`}
              data={[
                { value: "pretty", label: "Pretty" },
                { value: "raw", label: "Raw" },
              ]}
            />
          )}
        </Group>
      </Group>
      <CodeBlock
        tokens={tokens}
        text={shown}
        what={what}
        isWrapped={isWrapped}
        {...(maxHeight !== undefined && { maxHeight })}
      />
    </Stack>
  );
}

type WrapToggleProps = {
  readonly what: string;
  readonly isWrapped: boolean;
  readonly onChange: (isWrapped: boolean) => void;
};

function WrapToggle({ what, isWrapped, onChange }: WrapToggleProps) {
  return (
    <Tooltip label={isWrapped ? "Long lines wrap" : "Long lines are scrolled"}>
      <ActionIcon
        variant={isWrapped ? "light" : "subtle"}
        color="gray"
        size={28}
        aria-label={`Wrap the lines of ${what}`}
        aria-pressed={isWrapped}
        onClick={() => onChange(!isWrapped)}
      >
        <IconTextWrap size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
