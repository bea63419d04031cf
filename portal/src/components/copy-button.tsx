import { ActionIcon, CopyButton as Copying, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

type CopyButtonProps = {
  readonly value: string;
  /** What is copied: "the endpoint's id". */
  readonly what: string;
  readonly size?: "xs" | "sm" | "md";
};

export function CopyButton({ value, what, size = "sm" }: CopyButtonProps) {
  return (
    <Copying value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : `Copy ${what}`}>
          <ActionIcon
            variant="subtle"
            color={copied ? "teal" : "gray"}
            size={size}
            aria-label={copied ? "Copied" : `Copy ${what}`}
            onClick={(event) => {
              event.stopPropagation();
              copy();
            }}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
    </Copying>
  );
}
