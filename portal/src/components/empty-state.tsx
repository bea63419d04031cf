import { Stack, Text, Title, type TitleOrder } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

type EmptyStateProps = {
  readonly icon: Icon;
  readonly title: string;
  /** A sentence or two: what would be here, and how it gets here. */
  readonly children?: ReactNode;
  /** What to do now. */
  readonly action?: ReactNode;
  readonly order?: TitleOrder;
};

export function EmptyState({ icon: Picture, title, children, action, order = 2 }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py={48} px="md" maw={520} mx="auto" ta="center">
      <span className={classes["picture"]}>
        <Picture size={26} stroke={1.5} aria-hidden />
      </span>
      <Title order={order} size="h2">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" size="sm">
          {children}
        </Text>
      )}
      {action !== undefined && <div className={classes["action"]}>{action}</div>}
    </Stack>
  );
}
