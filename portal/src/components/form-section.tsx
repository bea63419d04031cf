import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./form-section.module.css";

type FormSectionProps = {
  readonly title: string;
  /** What it is about, to somebody who has never set it. */
  readonly description: ReactNode;
  readonly children: ReactNode;
};

/** Fields that belong together, with what they are about beside them. */
export function FormSection({ title, description, children }: FormSectionProps) {
  return (
    <section className={classes["section"]} aria-label={title}>
      <div>
        <Title order={2} size="h3" mb={4}>
          {title}
        </Title>
        <Text size="sm" c="dimmed" component="div">
          {description}
        </Text>
      </div>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}
