import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

type NameCellProps = {
  /** Where the row leads. */
  readonly to: string;
  readonly name: string;
  /** "" where there is none. */
  readonly description: string;
  /** For names that programs know. */
  readonly isMono?: boolean;
  /** Beside the name: a state. */
  readonly children?: ReactNode;
};

/** What begins a row: the name, which leads to its page, and what it is for. */
export function NameCell({ to, name, description, isMono = false, children }: NameCellProps) {
  return (
    <Stack gap={2}>
      <Group gap={8}>
        <Anchor
          component={Link}
          to={to}
          size="sm"
          fw={550}
          c="var(--mantine-color-text)"
          {...(isMono && { className: "mono" })}
        >
          {name}
        </Anchor>
        {children}
      </Group>
      {description !== "" && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {description}
        </Text>
      )}
    </Stack>
  );
}
