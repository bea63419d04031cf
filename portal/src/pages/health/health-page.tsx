import { Group, Stack, Text, Title } from "@mantine/core";
import { IconHeartbeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { OverviewOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DataTable } from "../../components/table/data-table.tsx";
import { useConsole } from "../../session/console-context.tsx";
import { ViewWebhook } from "../applications/view-webhook.tsx";
import { LastDay } from "./last-day.tsx";
import { unwellColumns } from "./unwell-columns.tsx";
import { unwellWords, worstFirst } from "./unwell.ts";

const REFRESH_MS = 15_000;
const ENDPOINTS_MAX = 100;
const UNWELL = "Endpoints that fail or are disabled";

export function HealthPage() {
  const { data, error, refetch } = useOverview();
  return (
    <>
      <PageHeader
        title="Health"
        description="How sending goes for all your applications. Renewed every 15 seconds."
      />
      {error !== null && (
        <ErrorState
          title="The overview could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined ? (
        error === null && <Loading what="the overview" lines={6} />
      ) : (
        <Stack gap={36}>
          <LastDay lastDay={data.lastDay} />
          <UnwellEndpoints {...data} />
        </Stack>
      )}
    </>
  );
}

function useOverview() {
  const { client, organizationId } = useConsole();
  return useQuery({
    queryKey: ["overview", organizationId],
    refetchInterval: REFRESH_MS,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/stats/overview", { params: { query: { limit: ENDPOINTS_MAX } } }),
      ),
  });
}

function UnwellEndpoints({ endpoints, hasMoreEndpoints }: OverviewOut) {
  const { canManage } = useConsole();
  if (endpoints.length === 0) {
    return (
      <EmptyState icon={IconHeartbeat} title="All endpoints are well">
        None fails, and none is disabled. Those that are not well stand here, with what their server
        answered last.
      </EmptyState>
    );
  }
  return (
    <section aria-labelledby="unwell">
      <Group gap="sm" mb="sm" align="baseline">
        <Title order={2} id="unwell">
          {UNWELL}
        </Title>
        <Text size="sm" c="dimmed">
          {unwellWords(endpoints)}
          {hasMoreEndpoints && `, of the newest ${endpoints.length}: there are more`}
        </Text>
      </Group>
      <DataTable
        label={UNWELL}
        columns={unwellColumns}
        rows={worstFirst(endpoints)}
        keyOf={({ endpointId }) => endpointId}
        {...(canManage && { menu: menuOf })}
      />
    </section>
  );
}

function menuOf({ applicationId, applicationName, endpointId }: OverviewOut["endpoints"][number]) {
  return (
    <ViewWebhook
      application={{ id: applicationId, name: applicationName }}
      at={`/endpoints/${endpointId}`}
      isShortWhereNarrow
    />
  );
}
