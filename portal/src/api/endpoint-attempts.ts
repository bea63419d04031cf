import { queryOptions } from "@tanstack/react-query";
import { queryOf, type Filters } from "../components/filters/filters.ts";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";
import { lastPeriods } from "./periods.ts";
import type { EndpointSeriesListOut, EndpointSeriesOut } from "./schema.d.ts";

type Api = Pick<Portal, "client" | "appId">;

const ATTEMPTS_PER_PAGE = 20;

/** Newest first, with their messages. */
export async function listEndpointAttempts(
  { client, appId }: Api,
  endpointId: string,
  filters: Filters,
  iterator: string | undefined,
) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/attempt/endpoint/{endpoint_id}", {
      params: {
        path: { app_id: appId, endpoint_id: endpointId },
        query: {
          ...queryOf(filters, Date.now()),
          ...(iterator !== undefined && { iterator }),
          limit: ATTEMPTS_PER_PAGE,
          with_msg: true,
          with_content: false,
        },
      },
    }),
  );
}

/** One of them. It is what it was: never asked for twice. */
export function attemptQuery({ client, appId }: Api, messageId: string, attemptId: string) {
  return queryOptions({
    queryKey: ["attempt", appId, messageId, attemptId] as const,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}", {
          params: { path: { app_id: appId, msg_id: messageId, attempt_id: attemptId } },
        }),
      ),
  });
}

/** With when the first of its periods begins, and how long they are. */
export type EndpointSeries = EndpointSeriesOut &
  Pick<EndpointSeriesListOut, "startDate" | "period">;

/** Attempts at one endpoint, a day by hours, several by days. */
export function endpointSeriesQuery(api: Api, endpointId: string, days: number) {
  return queryOptions({
    queryKey: ["stats", api.appId, endpointId, "series", days] as const,
    queryFn: () => findSeries(api, endpointId, days),
  });
}

async function findSeries(
  { client, appId }: Api,
  endpointId: string,
  days: number,
): Promise<EndpointSeries> {
  const periods =
    days === 1 ? lastPeriods("OneHour", 24, Date.now()) : lastPeriods("OneDay", days, Date.now());
  const { data, startDate, period } = await answerOf(
    client.GET("/api/v1/app/{app_id}/stats/endpoints", {
      params: { path: { app_id: appId }, query: { ...periods, endpoint_id: endpointId } },
    }),
  );
  const [series] = data;
  if (series === undefined) throw new Error("The endpoint was not counted");
  return { ...series, startDate, period };
}
