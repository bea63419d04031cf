import { Group } from "@mantine/core";
import { CopyButton } from "./copy-button.tsx";

type IdProps = {
  readonly value: string;
  /** Whose it is: "message". */
  readonly of: string;
};

/** An id as one reads it, and takes it elsewhere. */
export function Id({ value, of }: IdProps) {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      <span className="mono">{value}</span>
      <CopyButton value={value} what={`the ${of}'s id`} size="xs" />
    </Group>
  );
}
