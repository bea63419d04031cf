import { Switch, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  beginReplay,
  previewQuery,
  type ReplayAsked,
  type ReplayKind,
} from "../../../../api/replays.ts";
import { DialogForm } from "../../../../components/dialog-form.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { BulkFields, type BulkFilters } from "./bulk-fields.tsx";
import { ReplayPreview } from "./replay-preview.tsx";
import { REPLAY_KINDS } from "./replay-kinds.ts";
import { RangeFields } from "./range-fields.tsx";
import { presetRange, type ReplayRange } from "./replay-range.ts";

export type BegunReplay = {
  readonly taskId: string;
  /** How many messages it is about, where that could be counted. */
  readonly expected: number | undefined;
};

type ReplayFormProps = {
  readonly endpointId: string;
  readonly kind: ReplayKind;
  readonly since?: string;
  readonly onBegun: (begun: BegunReplay) => void;
  readonly onClose: () => void;
};

const TYPING_MS = 300;

export function ReplayForm({ endpointId, kind, since, onBegun, onClose }: ReplayFormProps) {
  const portal = usePortal();
  const queryClient = useQueryClient();
  const [range, setRange] = useState<ReplayRange | string>(() =>
    since === undefined ? presetRange("24h", Date.now()) : { since },
  );
  const [filters, setFilters] = useState<BulkFilters>({});
  const [withRetries, setWithRetries] = useState(false);
  const asked = useMemo(
    () => askedOf(endpointId, kind, range, filters),
    [endpointId, kind, range, filters],
  );
  const [settled] = useDebouncedValue(asked, TYPING_MS);
  const preview = useQuery({
    ...previewQuery(portal, settled ?? nothingAsked(endpointId, kind)),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
  });
  const beginning = useMutation({
    mutationFn: (what: ReplayAsked) => beginReplay(portal, what, withRetries),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ["tasks"] });
      const { matching, isExact } = preview.data ?? { matching: 0, isExact: false };
      onBegun({ taskId: id, expected: isExact ? matching : undefined });
    },
  });
  // What was counted last may be another question than the one that stands there now.
  const isCounted = asked !== undefined && asked === settled && !preview.isPlaceholderData;
  const { explains, action } = REPLAY_KINDS[kind];
  return (
    <DialogForm
      action={action}
      failure="It could not be begun"
      error={beginning.error}
      isBusy={beginning.isPending}
      isReady={isCounted && (preview.data?.matching ?? 0) > 0}
      onSubmit={() => {
        if (asked !== undefined) beginning.mutate(asked);
      }}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {explains}
      </Text>
      <RangeFields onChange={setRange} {...(since !== undefined && { since })} />
      {kind === "bulk-replay" && <BulkFields filters={filters} onChange={setFilters} />}
      <Switch
        label="Retry what fails"
        description="Off: each message is attempted once. On: it gets its whole schedule of retries again"
        checked={withRetries}
        onChange={(event) => setWithRetries(event.currentTarget.checked)}
      />
      <ReplayPreview kind={kind} fault={faultOf(range)} preview={preview} />
    </DialogForm>
  );
}

function faultOf(range: ReplayRange | string): string | undefined {
  return typeof range === "string" ? range : undefined;
}

/** undefined while the range is none. */
function askedOf(
  endpointId: string,
  kind: ReplayKind,
  range: ReplayRange | string,
  filters: BulkFilters,
): ReplayAsked | undefined {
  if (typeof range === "string") return undefined;
  return { endpointId, kind, body: kind === "bulk-replay" ? { ...range, ...filters } : range };
}

function nothingAsked(endpointId: string, kind: ReplayKind): ReplayAsked {
  return { endpointId, kind, body: { since: "" } };
}
