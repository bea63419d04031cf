import { Stack, Text } from "@mantine/core";
import type { OverviewOut } from "../../api/schema.d.ts";
import { diagnose } from "../../components/diagnosis/diagnose.ts";
import { endpointStatus } from "../../components/status/endpoint-status.ts";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { WaitingCount } from "../../components/waiting-count.tsx";
import { ApplicationLink } from "../applications/application-link.tsx";

type Unwell = OverviewOut["endpoints"][number];

export const unwellColumns: readonly Column<Unwell>[] = [
  { label: "Endpoint", cell: (row) => <Endpoint {...row} /> },
  { label: "Status", width: 190, cell: (row) => <StatusBadge status={endpointStatus(row)} /> },
  {
    label: "Waiting",
    width: 90,
    align: "right",
    isMinor: true,
    cell: (row) => <WaitingCount {...row} />,
  },
  { label: "Since", width: 130, isMinor: true, cell: (row) => <Since {...row} /> },
];

/** With what went wrong, which has to fit everywhere. */
function Endpoint(row: Unwell) {
  const { url, applicationId, applicationName, description } = row;
  return (
    <Stack gap={2}>
      <ApplicationLink application={{ id: applicationId, name: applicationName }} />
      <Text size="xs" style={{ overflowWrap: "anywhere" }}>
        {url}
      </Text>
      {description !== "" && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      {row.lastError !== null && <LastError {...row} lastError={row.lastError} />}
    </Stack>
  );
}

function Since({ disabledAt, failingSince }: Unwell) {
  const at = disabledAt ?? failingSince;
  return at === null ? <Nothing label="Not known" /> : <RelativeTime at={at} />;
}

type LastErrorProps = Pick<Unwell, "failedAttempts"> & {
  readonly lastError: NonNullable<Unwell["lastError"]>;
};

function LastError({ lastError, failedAttempts }: LastErrorProps) {
  return (
    <Text size="xs" c="var(--ph-fail-text)" component="div">
      {theirWords(diagnose(lastError).title)}{" "}
      {failedAttempts !== null && failedAttempts > 1 && `${failedAttempts} failed in a row. `}
      Last: <RelativeTime at={lastError.timestamp} />
    </Text>
  );
}

/** The portal speaks to the server's own people; here it is spoken of them. */
function theirWords(sentence: string): string {
  return sentence.replace("Your server", "Their server").replace("your server", "their server");
}

function Nothing({ label }: { readonly label: string }) {
  return (
    <Text size="sm" c="dimmed" aria-label={label}>
      –
    </Text>
  );
}
