import type { DeliveryCounts } from "../../store/catalogue-deliveries.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { goesOnward, historyPage, type HistoryQuery } from "../input/history-query.ts";
import { listAnswer } from "../input/listing.ts";
import { route, type Answer, type PathCall, type Route } from "../route.ts";
import { messageOut } from "./message-record.ts";
import { MESSAGE_LIST_OUT, MESSAGE_LIST_QUERY } from "./message-schemas.ts";
import { MESSAGE_SEARCH_IN } from "./message-search-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages" | "deliveries">;

/** A message for nobody is not among what is counted. */
const NONE: DeliveryCounts = {
  succeeded: 0,
  unattempted: 0,
  failed: 0,
  retrying: 0,
  canceled: 0,
};

export function listMessages(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg",
    operationId: "v1.message.list",
    summary: "List an application's messages, newest first",
    access: "application",
    query: MESSAGE_LIST_QUERY,
    answers: { 200: MESSAGE_LIST_OUT },
    handle: async (call) => list(deps, call, call.query),
  });
}

export function searchMessages(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/search",
    operationId: "v1.message.search",
    summary: "Search an application's messages, newest first",
    access: "application",
    scope: "read",
    body: MESSAGE_SEARCH_IN,
    example: { tag: "tenant-7", event_types: ["invoice.paid"], limit: 20 },
    answers: { 200: MESSAGE_LIST_OUT },
    // It only reads.
    idempotency: "own",
    handle: async (call) => list(deps, call, call.body),
  });
}

type Query = HistoryQuery & { readonly with_deliveries: boolean };

async function list(deps: Deps, call: PathCall, query: Query): Promise<Answer> {
  const { id } = await findApplication(deps, call);
  const withPayload = query.with_content;
  const page = await deps.messages.list(id, { ...historyPage("msg", query), withPayload });
  const ids = query.with_deliveries ? page.rows.map((message) => message.id) : [];
  const counts = await deps.deliveries.countByMessage(ids);
  return listAnswer(
    page,
    (message) => message.id,
    (message) => ({
      ...messageOut(message, withPayload),
      ...(query.with_deliveries && { deliveries: countsOut(counts.get(message.id) ?? NONE) }),
    }),
    goesOnward(query),
  );
}

function countsOut({ succeeded, unattempted, failed, retrying, canceled }: DeliveryCounts) {
  return { success: succeeded, pending: unattempted, fail: failed, sending: retrying, canceled };
}
