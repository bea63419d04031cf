import { z } from "zod";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Endpoint } from "../../domain/records.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalidField, notFound } from "../http/problem.ts";
import { timeMs } from "../input/times.ts";
import { route, type Route } from "../route.ts";
import { exportRows } from "./export-rows.ts";
import { EXPORT_QUERY, EXPORT_ROW } from "./export-schemas.ts";
import { exportText, WRITINGS } from "./export-text.ts";

type Deps = Pick<GatewayDeps, "applications" | "deliveries" | "endpoints" | "replays">;
type Query = z.output<typeof EXPORT_QUERY>;

const CSV = z.string().describe("A header, then a line for each, as RFC 4180 has it");

export function exportRoutes(deps: Deps): readonly Route[] {
  return [
    route({
      method: "get",
      path: "/app/{app_id}/delivery/export",
      operationId: "v1.message-attempt.export-deliveries",
      summary:
        "Export deliveries by how they fare: those that have failed, unless others are named",
      access: "application",
      query: EXPORT_QUERY,
      answers: { 200: null },
      successes: { 200: "A file, by endpoint, oldest message first. It is made while it is read" },
      download: {
        "text/csv": CSV,
        "application/json": z.array(EXPORT_ROW),
        "application/x-ndjson": EXPORT_ROW,
      },
      async handle(call) {
        const { id: applicationId } = await findApplication(deps, call);
        const { format, status: statuses, event_types: eventTypes = [] } = call.query;
        const endpoint = await endpointOf(deps, applicationId, call.query);
        const range = rangeOf(call.query);
        const asked = { applicationId, endpoint, statuses, eventTypes, ...range };
        const download = {
          contentType: WRITINGS[format].contentType,
          fileName: fileName(call.query),
          chunks: exportText(format, exportRows(deps, asked)),
        };
        return { status: 200, download };
      },
    }),
  ];
}

async function endpointOf(
  { endpoints }: Deps,
  applicationId: string,
  { endpoint_id: named }: Query,
): Promise<Endpoint | null> {
  if (named === undefined) return null;
  const found = await endpoints.find(applicationId, named);
  if (found === undefined) throw notFound("The application has no such endpoint");
  return found;
}

function rangeOf({ since, until }: Query) {
  const sinceMs = since === undefined ? 0 : timeMs(since);
  // Up to now: else whoever sends faster than this reads would never see its end.
  const untilMs = until === undefined ? Date.now() + 1 : timeMs(until);
  if (sinceMs > untilMs) {
    throw invalidField(["query", "since"], "Input should not be after until");
  }
  return { idFrom: lowestIdAt("msg", sinceMs), idBelow: lowestIdAt("msg", untilMs) };
}

function fileName({ format, status }: Query): string {
  const today = new Date().toISOString().slice(0, 10);
  return `deliveries-${status.join("-")}-${today}.${format}`;
}
