import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

type CopyButtonProps = {
  readonly value: string;
  /** What is copied: "the endpoint's id". */
  readonly what: string;
  readonly size?: "xs" | "sm" | "md";
};

/** In a frame whose page does not let it, for one. */
const NOT_ALLOWED = "The browser does not allow copying here: select the text";

export function CopyButton({ value, what, size = "sm" }: CopyButtonProps) {
  const { copied, copy, error } = useClipboard();
  const label = copied ? "Copied" : error === null ? `Copy ${what}` : NOT_ALLOWED;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color={copied ? "teal" : "gray"}
        size={size}
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation();
          copy(value);
        }}
      >
        {copied ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
