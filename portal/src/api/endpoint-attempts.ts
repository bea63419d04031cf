import { queryOptions } from "@tanstack/react-query";
import { queryOf, type Filters } from "../components/filters/filters.ts";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";
import type { EndpointSeriesListOut, EndpointSeriesOut } from "./schema.d.ts";

type Api = Pick<Portal, "client" | "appId">;

const DAY_MS = 86_400_000;
const ATTEMPTS_PER_PAGE = 20;
/** As many as the API counts at once. */
const SERIES_PAGE = 100;
const SERIES_PAGES_MAX = 10;
const WAITING_MAX = 100;

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

/** Attempts at one endpoint over time; null where it is not among the first thousand. */
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
): Promise<EndpointSeries | null> {
  let iterator: string | undefined;
  for (let page = 0; page < SERIES_PAGES_MAX; page++) {
    const query = {
      ...periodsOf(days, Date.now()),
      limit: SERIES_PAGE,
      ...(iterator !== undefined && { iterator }),
    };
    const answer = await answerOf(
      client.GET("/api/v1/app/{app_id}/stats/endpoints", {
        params: { path: { app_id: appId }, query },
      }),
    );
    const found = answer.data.find((series) => series.endpointId === endpointId);
    if (found !== undefined)
      return { ...found, startDate: answer.startDate, period: answer.period };
    if (answer.done || answer.iterator === null) break;
    iterator = answer.iterator;
  }
  return null;
}

/** A day by hours, several by days. */
function periodsOf(days: number, nowMs: number) {
  const [period, lengthMs] =
    days === 1 ? (["OneHour", DAY_MS / 24] as const) : (["OneDay", DAY_MS] as const);
  const count = days === 1 ? 24 : days;
  return { period, startDate: new Date(nowMs - (count - 1) * lengthMs).toISOString() };
}

export type Waiting = { readonly count: number; readonly isExact: boolean };

/** Messages that wait for their first attempt, or for another one. */
export function waitingQuery(api: Api, endpointId: string) {
  return queryOptions({
    queryKey: ["messages", api.appId, endpointId, "waiting"] as const,
    queryFn: async (): Promise<Waiting> => {
      const both = await Promise.all(
        ([1, 3] as const).map((one) => listWaiting(api, endpointId, one)),
      );
      return {
        count: both.reduce((sum, { data }) => sum + data.length, 0),
        isExact: both.every(({ done }) => done),
      };
    },
  });
}

function listWaiting({ client, appId }: Api, endpointId: string, status: 1 | 3) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/endpoint/{endpoint_id}/msg", {
      params: {
        path: { app_id: appId, endpoint_id: endpointId },
        query: { status, limit: WAITING_MAX, with_content: false },
      },
    }),
  );
}
