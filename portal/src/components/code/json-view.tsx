import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMemo, useState, type ReactNode } from "react";
import { CodeBlock } from "./code-block.tsx";
import { prettyJson } from "./pretty-json.ts";
import { jsonTokens } from "./tokens.ts";

type JsonViewProps = {
  /** As it was sent or received. What is not JSON is shown as it is. */
  readonly text: string;
  /** "the payload". */
  readonly what: string;
  readonly title?: ReactNode;
  readonly maxHeight?: number;
};

type Form = "pretty" | "raw";

export function JsonView({ text, what, title, maxHeight }: JsonViewProps) {
  const [form, setForm] = useState<Form>("pretty");
  const pretty = useMemo(() => prettyJson(text), [text]);
  const shown = form === "pretty" && pretty !== undefined ? pretty : text;
  const tokens = useMemo(() => jsonTokens(shown), [shown]);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text component="div" size="sm" fw={550}>
          {title}
        </Text>
        {pretty !== undefined && (
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
      <CodeBlock
        tokens={tokens}
        text={shown}
        what={what}
        {...(maxHeight !== undefined && { maxHeight })}
      />
    </Stack>
  );
}
