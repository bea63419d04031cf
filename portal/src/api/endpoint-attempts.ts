import { queryOptions } from "@tanstack/react-query";
import { queryOf, type Filters } from "../components/filters/filters.ts";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";
import type { EndpointSeriesListOut, EndpointSeriesOut } from "./schema.d.ts";

type Api = Pick<Portal, "client" | "appId">;

const DAY_MS = 86_400_000;
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
  const query = { ...periodsOf(days, Date.now()), endpoint_id: endpointId };
  const { data, startDate, period } = await answerOf(
    client.GET("/api/v1/app/{app_id}/stats/endpoints", {
      params: { path: { app_id: appId }, query },
    }),
  );
  const [series] = data;
  if (series === undefined) throw new Error("The endpoint was not counted");
  return { ...series, startDate, period };
}

/** A day by hours, several by days. */
function periodsOf(days: number, nowMs: number) {
  const [period, lengthMs] =
    days === 1 ? (["OneHour", DAY_MS / 24] as const) : (["OneDay", DAY_MS] as const);
  const count = days === 1 ? 24 : days;
  return { period, startDate: new Date(nowMs - (count - 1) * lengthMs).toISOString() };
}
