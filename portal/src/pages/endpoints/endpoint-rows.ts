import { answerOf } from "../../api/client.ts";
import { listEndpoints } from "../../api/endpoints.ts";
import type { EndpointOut, EndpointSeriesOut } from "../../api/schema.d.ts";
import type { Portal } from "../../session/portal-context.tsx";
import { seriesQuery, type Period } from "./period.ts";

/** An endpoint, with what came of its attempts lately. */
export type EndpointRow = {
  readonly endpoint: EndpointOut;
  /** undefined where it could not be counted: the list is worth showing all the same. */
  readonly series: EndpointSeriesOut | undefined;
};

/** One page. Both lists have the same order, so the same iterator leads on in both. */
export async function loadEndpointRows(
  portal: Pick<Portal, "client" | "appId">,
  period: Period,
  iterator: string | undefined,
) {
  const [page, series] = await Promise.all([
    listEndpoints(portal, iterator),
    loadSeries(portal, period, iterator).catch(() => []),
  ]);
  const byId = new Map(series.map((one) => [one.endpointId, one]));
  const data = page.data.map((endpoint) => ({ endpoint, series: byId.get(endpoint.id) }));
  return { ...page, data };
}

async function loadSeries(
  { client, appId }: Pick<Portal, "client" | "appId">,
  period: Period,
  iterator: string | undefined,
): Promise<readonly EndpointSeriesOut[]> {
  const query = {
    ...seriesQuery(period, Date.now()),
    ...(iterator !== undefined && { iterator }),
  };
  const { data } = await answerOf(
    client.GET("/api/v1/app/{app_id}/stats/endpoints", {
      params: { path: { app_id: appId }, query },
    }),
  );
  return data;
}
