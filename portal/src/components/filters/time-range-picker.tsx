import { Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { IconCalendar, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { PRESET_LABELS, PRESETS, type TimeRange } from "./time-range.ts";

type TimeRangePickerProps = {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
};

const ANY_TIME = "Any time";
const DATE = new Intl.DateTimeFormat("en", {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Presets, or times of one's own. */
export function TimeRangePicker({ range, onChange }: TimeRangePickerProps) {
  const [isCustom, setCustom] = useState(false);
  return (
    <>
      <Menu position="bottom-start" width={190}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCalendar size={14} />}
            rightSection={<IconChevronDown size={13} />}
          >
            {rangeWords(range)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChange({})}>{ANY_TIME}</Menu.Item>
          {PRESETS.map((preset) => (
            <Menu.Item key={preset} onClick={() => onChange({ preset })}>
              {PRESET_LABELS[preset]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setCustom(true)}>Custom…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isCustom} onClose={() => setCustom(false)} title="A time range">
        <CustomRange
          range={range}
          onChange={(chosen) => {
            setCustom(false);
            onChange(chosen);
          }}
        />
      </Modal>
    </>
  );
}

type CustomRangeProps = Pick<TimeRangePickerProps, "range" | "onChange">;

function CustomRange({ range, onChange }: CustomRangeProps) {
  const [after, setAfter] = useState(() => localText(range.after));
  const [before, setBefore] = useState(() => localText(range.before));
  const isReversed = after !== "" && before !== "" && after >= before;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReversed) onChange({ ...timeOf("after", after), ...timeOf("before", before) });
      }}
    >
      <Stack>
        <TextInput
          type="datetime-local"
          label="From"
          value={after}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label="To"
          description="Empty: until now"
          value={before}
          error={isReversed ? "The range ends before it begins" : undefined}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit">Show</Button>
        </Group>
      </Stack>
    </form>
  );
}

export function rangeWords({ preset, after, before }: TimeRange, any = ANY_TIME): string {
  if (preset !== undefined) return PRESET_LABELS[preset];
  if (after === undefined) return before === undefined ? any : `Until ${format(before)}`;
  return before === undefined ? `Since ${format(after)}` : `${format(after)} – ${format(before)}`;
}

function format(time: string): string {
  return DATE.format(Date.parse(time));
}

/** As the field wants it: local time, to the minute. */
function localText(time: string | undefined): string {
  if (time === undefined) return "";
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function timeOf(name: "after" | "before", text: string): TimeRange {
  return text === "" ? {} : { [name]: new Date(text).toISOString() };
}
