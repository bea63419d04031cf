import { Button, Center, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorState } from "../error-state.tsx";
import { Loading } from "../loading.tsx";
import { DataTable, type DataTableProps } from "./data-table.tsx";
import type { Pages } from "./use-pages.ts";

type PagedTableProps<Row> = Omit<DataTableProps<Row>, "rows"> & {
  readonly pages: Pages<Row>;
  /** Instead of a table without rows. */
  readonly empty: ReactNode;
};

/** A `DataTable` of a list of the API, through all that may become of loading it. */
export function PagedTable<Row>({ pages, empty, ...table }: PagedTableProps<Row>) {
  const what = withinSentence(table.label);
  if (pages.isLoading) return <Loading what={what} />;
  if (pages.rows.length === 0 && pages.error === null) return empty;
  return (
    <Stack gap="md">
      {pages.error !== null && (
        <ErrorState
          title={`The ${what} could not be loaded`}
          error={pages.error}
          onRetry={pages.refresh}
        />
      )}
      {pages.rows.length > 0 && <DataTable {...table} rows={pages.rows} />}
      {pages.hasMore && (
        <Center>
          <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
            Load more
          </Button>
        </Center>
      )}
    </Stack>
  );
}

/** "Endpoints" begins small there; "API keys" does not. */
function withinSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
