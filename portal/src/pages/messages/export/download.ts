import { answerOf } from "../../../api/client.ts";
import type { Filters } from "../../../components/filters/filters.ts";
import { spanOf } from "../../../components/filters/time-range.ts";
import type { Portal } from "../../../session/portal-context.tsx";

export type ExportFormat = "csv" | "json";
export type ExportStatus = "failed" | "pending" | "canceled" | "succeeded" | "missed";

type Wanted = {
  readonly filters: Filters;
  readonly format: ExportFormat;
  readonly statuses: readonly ExportStatus[];
};

/** Gives the reader a file. A link alone could not: the API wants the session's token. */
export async function downloadDeliveries(
  { client, appId }: Pick<Portal, "client" | "appId">,
  { filters, format, statuses }: Wanted,
): Promise<void> {
  const { after, before } = spanOf(filters, Date.now());
  const { eventTypes } = filters;
  const blob = await answerOf(
    client.GET("/api/v1/app/{app_id}/delivery/export", {
      parseAs: "blob",
      params: {
        path: { app_id: appId },
        query: {
          format,
          status: [...statuses],
          ...(eventTypes !== undefined && { event_types: [...eventTypes] }),
          ...(after !== undefined && { since: after }),
          ...(before !== undefined && { until: before }),
        },
      },
    }),
  );
  save(blob, `deliveries-${new Date().toISOString().slice(0, 10)}.${format}`);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // After the browser has taken it up.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
