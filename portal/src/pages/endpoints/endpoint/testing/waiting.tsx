import { Group, Loader, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Something is under way, and this is what. */
export function Waiting({ children }: { readonly children: ReactNode }) {
  return (
    <Group gap="sm" p="md">
      <Loader size={16} aria-hidden />
      <Text size="sm">{children}</Text>
    </Group>
  );
}
