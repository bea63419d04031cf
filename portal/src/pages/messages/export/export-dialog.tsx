import { Checkbox, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { DialogForm } from "../../../components/dialog-form.tsx";
import type { Filters } from "../../../components/filters/filters.ts";
import { rangeWords } from "../../../components/filters/time-range-picker.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { downloadDeliveries, type ExportFormat, type ExportStatus } from "./download.ts";

type ExportDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Of the page: the time and the event types hold for the file, too. */
  readonly filters: Filters;
};

export function ExportDialog({ opened, onClose, filters }: ExportDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Export deliveries">
      <ExportForm filters={filters} onClose={onClose} />
    </Modal>
  );
}

const STATUSES: readonly {
  readonly value: ExportStatus;
  readonly label: string;
  readonly description?: string;
}[] = [
  { value: "failed", label: "Failed", description: "For good: no attempt follows" },
  { value: "pending", label: "Pending", description: "Attempts follow" },
  { value: "succeeded", label: "Succeeded" },
  { value: "canceled", label: "Canceled" },
  {
    value: "missed",
    label: "Missed",
    description: "Sent before the endpoint was added, or while it was disabled",
  },
];

function ExportForm({ filters, onClose }: Pick<ExportDialogProps, "filters" | "onClose">) {
  const portal = usePortal();
  const [statuses, setStatuses] = useState<readonly string[]>(["failed"]);
  const [format, setFormat] = useState<ExportFormat>("csv");
  const exporting = useMutation({
    mutationFn: () =>
      downloadDeliveries(portal, {
        filters,
        format,
        statuses: STATUSES.map(({ value }) => value).filter((one) => statuses.includes(one)),
      }),
    onSuccess: onClose,
  });
  return (
    <DialogForm
      action="Download"
      icon={IconDownload}
      failure="The file could not be made"
      error={exporting.error}
      isBusy={exporting.isPending}
      isReady={statuses.length > 0}
      onSubmit={() => exporting.mutate()}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        A file with a line for each message and endpoint: {whatWords(filters)}.
      </Text>
      <Checkbox.Group
        label="Which deliveries"
        value={[...statuses]}
        onChange={setStatuses}
        error={statuses.length === 0 ? "Choose at least one" : undefined}
      >
        <Stack gap={10} mt={8} mb={4}>
          {STATUSES.map((status) => (
            <Checkbox key={status.value} {...status} />
          ))}
        </Stack>
      </Checkbox.Group>
      <SegmentedControl<ExportFormat>
        aria-label="Format"
        value={format}
        onChange={setFormat}
        data={[
          { value: "csv", label: "CSV" },
          { value: "json", label: "JSON" },
        ]}
      />
    </DialogForm>
  );
}

function whatWords(filters: Filters): string {
  const time = rangeWords(filters, "all that are kept");
  const names = filters.eventTypes ?? [];
  const types = names.length === 0 ? "all event types" : names.join(", ");
  const isMore = filters.channel !== undefined || filters.tag !== undefined;
  return `${time}, ${types}${isMore ? " (of all channels and tags)" : ""}`;
}
