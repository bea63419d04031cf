import type { ApplicationOut } from "../../api/schema.d.ts";
import { Id } from "../../components/id.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { ApplicationName } from "./application-name.tsx";

export const applicationColumns: readonly Column<ApplicationOut>[] = [
  {
    label: "Name",
    cell: (application) => <ApplicationName application={application} />,
  },
  {
    label: "Id",
    isMinor: true,
    width: 330,
    cell: ({ id }) => <Id value={id} of="application" />,
  },
  {
    label: "Created",
    isMinor: true,
    width: 140,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
