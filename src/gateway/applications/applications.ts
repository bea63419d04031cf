import type { Application } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalidField, notFound } from "../http/problem.ts";
import { isUid, uidAfterPut } from "../input/fields.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { parameter, route, type Answer, type Route } from "../route.ts";
import {
  applicationOut,
  newApplication,
  patchedApplication,
  replacedApplication,
  writtenApplication,
} from "./application-record.ts";
import {
  APPLICATION_CREATE_QUERY,
  APPLICATION_IN,
  APPLICATION_LIST_OUT,
  APPLICATION_LIST_QUERY,
  APPLICATION_OUT,
  APPLICATION_PATCH,
} from "./application-schemas.ts";
import { findCustomer, lookUpCustomer } from "./find-application.ts";

type Deps = Pick<GatewayDeps, "applications" | "overview">;

export function applicationRoutes(deps: Deps): readonly Route[] {
  return [
    getApplication(deps),
    listApplications(deps),
    createApplication(deps),
    updateApplication(deps),
    patchApplication(deps),
    deleteApplication(deps),
  ];
}

function getApplication(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}",
    operationId: "v1.application.get",
    summary: "Get an application",
    access: "application",
    inTestMode: true,
    answers: { 200: APPLICATION_OUT },
    handle: async (call) => ({
      status: 200,
      body: applicationOut(await findCustomer(deps, call)),
    }),
  });
}

function listApplications({ applications, overview }: Deps): Route {
  return route({
    method: "get",
    path: "/app",
    operationId: "v1.application.list",
    summary: "List the organization's applications",
    access: "organization",
    inTestMode: true,
    query: APPLICATION_LIST_QUERY,
    answers: { 200: APPLICATION_LIST_OUT },
    async handle({ principal, query }) {
      if (query.search !== undefined && query.search !== "") {
        return search(overview, principal.organizationId, { ...query, search: query.search });
      }
      const page = pageQuery(query, query.order);
      const found = await applications.list(principal.organizationId, page);
      return listAnswer(found, ({ id }) => id, applicationOut);
    },
  });
}

type Asked = {
  readonly search: string;
  readonly limit: number;
  readonly iterator?: string | undefined;
};

async function search(
  overview: Deps["overview"],
  organizationId: string,
  { search: beginning, limit: rowsMax, iterator }: Asked,
): Promise<Answer> {
  const asked = { beginning, rowsMax, ...(iterator !== undefined && { after: iterator }) };
  const found = await overview.searchApplications(organizationId, asked);
  if (found === undefined) {
    throw invalidField(["query", "iterator"], "Input should be an iterator of the same search");
  }
  const next = found.hasMore ? (found.rows.at(-1)?.id ?? null) : null;
  const data = found.rows.map(applicationOut);
  return { status: 200, body: { data, iterator: next, done: !found.hasMore } };
}

function createApplication({ applications }: Deps): Route {
  return route({
    method: "post",
    path: "/app",
    operationId: "v1.application.create",
    summary: "Create an application",
    access: "organization",
    query: APPLICATION_CREATE_QUERY,
    body: APPLICATION_IN,
    example: { name: "Acme", uid: "acme", metadata: { plan: "pro" } },
    answers: { 200: APPLICATION_OUT, 201: APPLICATION_OUT },
    successes: { 200: "It was there: only with get_if_exists=true" },
    conflict: "Another application has the uid",
    async handle({ principal: { organizationId }, query, body }) {
      const wanted = query.get_if_exists ? body.uid : undefined;
      const found = wanted ? await applications.find(organizationId, wanted) : undefined;
      if (found !== undefined) return { status: 200, body: applicationOut(found) };

      const result = await applications.create(newApplication(organizationId, body));
      if (result.kind === "uid_taken" && wanted) {
        // Another call with the same uid came first.
        const winner = await applications.find(organizationId, wanted);
        if (winner !== undefined) return { status: 200, body: applicationOut(winner) };
      }
      return { status: 201, body: applicationOut(writtenApplication(result)) };
    },
  });
}

function updateApplication(deps: Deps): Route {
  return route({
    method: "put",
    path: "/app/{app_id}",
    operationId: "v1.application.update",
    summary: "Replace an application, or create it",
    access: "organization",
    inTestMode: false,
    body: APPLICATION_IN,
    example: { name: "Acme", uid: "acme", metadata: { plan: "pro" } },
    answers: { 200: APPLICATION_OUT, 201: APPLICATION_OUT },
    conflict: "Another application has the uid",
    async handle(call) {
      const named = parameter(call, "app_id");
      const body = { ...call.body, uid: uidAfterPut("app", named, call.body.uid) };
      const found = await lookUpCustomer(deps, call);
      if (found !== undefined) {
        const change = (row: Application) => replacedApplication(row, body);
        const result = await deps.applications.change(found.id, change);
        return { status: 200, body: applicationOut(writtenApplication(result)) };
      }
      if (!isUid("app", named)) throw notFound();
      const created = newApplication(call.principal.organizationId, body);
      const result = await deps.applications.create(created);
      return { status: 201, body: applicationOut(writtenApplication(result)) };
    },
  });
}

function patchApplication(deps: Deps): Route {
  return route({
    method: "patch",
    path: "/app/{app_id}",
    operationId: "patch_application",
    summary: "Change some of an application's fields",
    access: "organization",
    inTestMode: false,
    body: APPLICATION_PATCH,
    example: { name: "Acme Ltd" },
    answers: { 200: APPLICATION_OUT },
    conflict: "Another application has the uid",
    async handle(call) {
      const { id } = await findCustomer(deps, call);
      const change = (found: Application) => patchedApplication(found, call.body);
      const result = await deps.applications.change(id, change);
      return { status: 200, body: applicationOut(writtenApplication(result)) };
    },
  });
}

function deleteApplication(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/app/{app_id}",
    operationId: "v1.application.delete",
    summary: "Delete an application and its endpoints",
    access: "organization",
    inTestMode: false,
    answers: { 204: null },
    async handle(call) {
      const { id } = await findCustomer(deps, call);
      await deps.applications.remove(id, Date.now());
      return { status: 204 };
    },
  });
}
