import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./advanced.module.css";

type SectionProps = {
  readonly title: string;
  /** What it is about, to somebody who has never set it. */
  readonly description: ReactNode;
  readonly children: ReactNode;
};

/** Beside the facts there is no room for two columns. */
export function Section({ title, description, children }: SectionProps) {
  return (
    <section className={classes["section"]} aria-label={title}>
      <Title order={2} size="h3" mb={4}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw={600} component="div">
        {description}
      </Text>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}
