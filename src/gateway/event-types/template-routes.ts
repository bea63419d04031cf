import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { parameter, route, type Route } from "../route.ts";
import { importTemplates } from "./import-templates.ts";
import { TEMPLATE_IMPORT_IN, TEMPLATE_IMPORT_OUT, TEMPLATE_SETS_OUT } from "./template-schemas.ts";
import { findTemplateSet, TEMPLATE_SETS } from "./templates.ts";

type Deps = Pick<GatewayDeps, "eventTypes">;

const NAMES = TEMPLATE_SETS.map(({ name }) => name).join(", ");

export function templateRoutes(deps: Deps): readonly Route[] {
  return [listTemplates(), importTemplate(deps)];
}

function listTemplates(): Route {
  return route({
    method: "get",
    path: "/event-type-template",
    operationId: "v1.event-type.list-templates",
    summary: "List event types to begin with, in sets",
    access: "organization",
    answers: { 200: TEMPLATE_SETS_OUT },
    handle: () => Promise.resolve({ status: 200, body: { data: TEMPLATE_SETS } }),
  });
}

function importTemplate({ eventTypes }: Deps): Route {
  return route({
    method: "post",
    path: "/event-type-template/{template_name}/import",
    operationId: "v1.event-type.import-template",
    summary: "Create the event types of a set of templates",
    access: "organization",
    body: TEMPLATE_IMPORT_IN,
    example: { replace: false },
    answers: { 200: TEMPLATE_IMPORT_OUT },
    async handle(call) {
      const { organizationId } = call.principal;
      const set = findTemplateSet(parameter(call, "template_name"));
      if (set === undefined) throw notFound(`There is no such template: there are ${NAMES}`);
      const replace = call.body.replace === true;
      const body = await importTemplates({ eventTypes, organizationId, set, replace });
      return { status: 200, body };
    },
  });
}
