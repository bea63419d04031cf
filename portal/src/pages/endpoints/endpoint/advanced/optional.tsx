import { Box, Switch } from "@mantine/core";
import type { ReactNode } from "react";

type OptionalProps = {
  readonly label: string;
  readonly description: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  /** What else it needs. */
  readonly children: ReactNode;
};

/** Something that can be had or not; with what it needs, if so. */
export function Optional({ label, description, isOn, onSwitch, children }: OptionalProps) {
  return (
    <div role="group" aria-label={label}>
      <Switch
        label={label}
        description={description}
        checked={isOn}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      {isOn && (
        <Box mt="sm" pl={{ base: 0, sm: 54 }}>
          {children}
        </Box>
      )}
    </div>
  );
}
