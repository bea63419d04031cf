import { Group } from "@mantine/core";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { PlayLink } from "../../../components/play-link.tsx";
import { endpointStatus } from "../../../components/status/endpoint-status.ts";
import { StatusBadge } from "../../../components/status/status-badge.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";

const CRUMBS = [{ label: "Endpoints", to: "/portal/endpoints" }];

type EndpointHeaderProps = {
  /** undefined while it is being loaded. */
  readonly endpoint: EndpointOut | undefined;
};

export function EndpointHeader({ endpoint }: EndpointHeaderProps) {
  return (
    <PageHeader
      title={endpoint?.url ?? "Endpoint"}
      crumbs={CRUMBS}
      {...(endpoint !== undefined && {
        actions: <EndpointActions endpoint={endpoint} />,
        description: (
          <Group gap="sm">
            <StatusBadge status={endpointStatus(endpoint)} />
            <span>{endpoint.description}</span>
            <PlayLink url={endpoint.url} />
          </Group>
        ),
      })}
    />
  );
}
