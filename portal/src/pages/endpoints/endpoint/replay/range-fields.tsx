import { Chip, Group, Input, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import {
  customRange,
  localText,
  presetRange,
  REPLAY_PRESET_LABELS,
  REPLAY_PRESETS,
  type ReplayPreset,
  type ReplayRange,
} from "./replay-range.ts";

type RangeFieldsProps = {
  readonly since?: string;
  /** A sentence where what was entered is no range. */
  readonly onChange: (range: ReplayRange | string) => void;
};

const DAY_MS = 86_400_000;

/** Presets, or times of one's own. */
export function RangeFields({ since, onChange }: RangeFieldsProps) {
  const [preset, setPreset] = useState<ReplayPreset>(since === undefined ? "24h" : "custom");
  const [from, setFrom] = useState(() =>
    localText(since === undefined ? Date.now() - DAY_MS : Date.parse(since)),
  );
  const [to, setTo] = useState("");
  const choose = (chosen: ReplayPreset): void => {
    setPreset(chosen);
    const nowMs = Date.now();
    onChange(chosen === "custom" ? customRange(from, to, nowMs) : presetRange(chosen, nowMs));
  };
  const enter = (newFrom: string, newTo: string): void => {
    setFrom(newFrom);
    setTo(newTo);
    onChange(customRange(newFrom, newTo, Date.now()));
  };
  return (
    <Stack gap="sm">
      <div role="group" aria-label="Messages of which time">
        <Input.Label component="div" mb={6}>
          Messages of
        </Input.Label>
        <Chip.Group value={preset} onChange={(value) => choose(value)}>
          <Group gap={6}>
            {REPLAY_PRESETS.map((one) => (
              <Chip key={one} value={one} size="xs" variant="outline">
                {REPLAY_PRESET_LABELS[one]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      {preset === "custom" && (
        <Group grow align="flex-start">
          <TextInput
            type="datetime-local"
            step={1}
            label="From"
            value={from}
            onChange={(event) => enter(event.currentTarget.value, to)}
          />
          <TextInput
            type="datetime-local"
            step={1}
            label="To (empty: until now)"
            value={to}
            onChange={(event) => enter(from, event.currentTarget.value)}
          />
        </Group>
      )}
    </Stack>
  );
}
