import {
  ActionIcon,
  Button,
  Group,
  Indicator,
  Popover,
  SegmentedControl,
  Tooltip,
} from "@mantine/core";
import { IconFilter, IconRefresh } from "@tabler/icons-react";
import { FilterForm } from "./filter-form.tsx";
import { countOf, type Filters, type FilterStatus } from "./filters.ts";
import { TimeRangePicker } from "./time-range-picker.tsx";

export type FilterBarProps = {
  /** From the URL's search; `onChange` puts what was chosen back there. */
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  readonly onRefresh?: () => void;
  readonly isRefreshing?: boolean;
  /** Whether All, Succeeded and Failed are offered. */
  readonly withStatus?: boolean;
};

const ALL = "all";

export function FilterBar(props: FilterBarProps) {
  const { filters, onChange, onRefresh, isRefreshing, withStatus } = props;
  const { status, ...others } = filters;
  // The time is seen beside it, and is not among what opens.
  const { preset: _preset, after: _after, before: _before, ...timeless } = filters;
  const count = countOf(timeless);
  return (
    <Group gap="xs" mb="md" role="search" aria-label="Filters">
      {withStatus === true && (
        <SegmentedControl<FilterStatus | typeof ALL>
          size="xs"
          aria-label="Outcome"
          value={status ?? ALL}
          onChange={(chosen) => onChange(chosen === ALL ? others : { ...others, status: chosen })}
          data={[
            { value: ALL, label: "All" },
            { value: "succeeded", label: "Succeeded" },
            { value: "failed", label: "Failed" },
          ]}
        />
      )}
      <TimeRangePicker range={filters} onChange={(range) => onChange({ ...timeless, ...range })} />
      <Popover position="bottom-start" shadow="md" width={320} trapFocus>
        {/* Outside of the target, which gets ARIA's attributes. */}
        <Indicator disabled={count === 0} label={count} size={16} offset={4}>
          <Popover.Target>
            <Button size="xs" variant="default" leftSection={<IconFilter size={14} />}>
              Filters
            </Button>
          </Popover.Target>
        </Indicator>
        <Popover.Dropdown>
          <FilterForm filters={filters} onChange={onChange} />
        </Popover.Dropdown>
      </Popover>
      {onRefresh !== undefined && (
        <Tooltip label="Refresh">
          <ActionIcon
            variant="default"
            size={30}
            ml="auto"
            aria-label="Refresh"
            loading={isRefreshing === true}
            onClick={onRefresh}
          >
            <IconRefresh size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
