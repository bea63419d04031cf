import type { Endpoint } from "../../domain/records.ts";
import type { RequestFormat } from "../../domain/request-format.ts";
import type { Catalogue, Page, PageQuery } from "../../store/catalogue.ts";
import { findEndpoint } from "../applications/find-application.ts";
import { conflict, notFound } from "../http/problem.ts";
import type { PathCall } from "../route.ts";
import type { Webhook } from "./webhook-record.ts";

type Deps = Pick<Catalogue, "applications" | "endpoints" | "endpointSchedules" | "requestFormats">;

/** When the operations that use it answer with 409. */
export const WEBHOOK_DISABLED = "The webhook is disabled";

const READ_MIN = 50;

/** The webhook that the path names. Throws a ProblemError (404) if there is none. */
export async function findWebhook(deps: Deps, call: PathCall): Promise<Webhook> {
  const endpoint = await findEndpoint(deps, call);
  const format = await deps.requestFormats.find(endpoint.id);
  if (!isWebhook(format)) throw notFound();
  return withSchedule(deps, { endpoint, format });
}

/** The same. Throws a ProblemError (409) as well, if it is disabled. */
export async function findEnabledWebhook(deps: Deps, call: PathCall): Promise<Webhook> {
  const webhook = await findWebhook(deps, call);
  const { disabled, id } = webhook.endpoint;
  if (!disabled) return webhook;
  const how = `PATCH /v1/webhooks/${id} with {"enabled": true}`;
  throw conflict(`${WEBHOOK_DISABLED}: enable it first, by ${how}`, "webhook_disabled");
}

/**
 * A page of an application's webhooks. Which of its endpoints they are cannot be asked of the
 * database, because formats are sealed: it reads on until the page is full.
 */
export async function listWebhooks(
  deps: Deps,
  applicationId: string,
  query: PageQuery,
): Promise<Page<Webhook>> {
  const limit = Math.max(query.limit, READ_MIN);
  const found: Found[] = [];
  for (let asked: PageQuery = { ...query, limit }; ;) {
    const page = await deps.endpoints.list(applicationId, asked);
    const webhooks = await webhooksAmong(deps, page.rows);
    const isBackwards = query.before !== undefined;
    if (isBackwards) found.unshift(...webhooks);
    else found.push(...webhooks);
    if (!page.hasMore || found.length > query.limit) break;
    asked = { ...asked, ...cursorOf(page.rows, isBackwards) };
  }
  const rows = query.before === undefined ? found.slice(0, query.limit) : found.slice(-query.limit);
  const webhooks = await Promise.all(rows.map((row) => withSchedule(deps, row)));
  return { rows: webhooks, hasMore: found.length > query.limit };
}

type Found = Pick<Webhook, "endpoint" | "format">;

async function webhooksAmong(
  { requestFormats }: Deps,
  endpoints: readonly Endpoint[],
): Promise<readonly Found[]> {
  const formats = await requestFormats.findEach(endpoints.map(({ id }) => id));
  return endpoints.flatMap((endpoint) => {
    const format = formats.get(endpoint.id);
    return format !== undefined && isWebhook(format) ? [{ endpoint, format }] : [];
  });
}

function cursorOf(rows: readonly Endpoint[], isBackwards: boolean): Partial<PageQuery> {
  const id = (isBackwards ? rows.at(0) : rows.at(-1))?.id ?? "";
  return isBackwards ? { before: id } : { after: id };
}

function isWebhook({ body }: RequestFormat): boolean {
  return body === "event-data";
}

async function withSchedule({ endpointSchedules }: Deps, found: Found): Promise<Webhook> {
  return { ...found, schedule: await endpointSchedules.find(found.endpoint.id) };
}
