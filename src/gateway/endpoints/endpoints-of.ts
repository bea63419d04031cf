import type { Endpoint } from "../../domain/records.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { findEndpoint } from "../applications/find-application.ts";
import { notFound } from "../http/problem.ts";
import { parameter, type PathCall, type Route } from "../route.ts";

type Deps = Pick<Catalogue, "applications" | "endpoints">;

/** Whose endpoints a route is about: those of an application, or of the organization itself. */
export type EndpointsOf = {
  /** What the names of the operations begin with. */
  readonly operations: string;
  /** Of one of them. */
  readonly path: string;
  readonly access: Route["access"];
  /** What summaries call one of them. */
  readonly one: string;
  /** Throws a ProblemError (404) if there is none. */
  readonly find: (call: PathCall) => Promise<Endpoint>;
};

export function endpointsOfApplications(deps: Deps): EndpointsOf {
  return {
    operations: "v1.endpoint",
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    access: "application",
    one: "an endpoint",
    find: async (call) => findEndpoint(deps, call),
  };
}

export function endpointsOfOrganizations({ applications, endpoints }: Deps): EndpointsOf {
  return {
    operations: "v1.operational-webhook.endpoint",
    path: "/operational-webhook/endpoint/{endpoint_id}",
    access: "organization",
    one: "an endpoint of the organization itself",
    async find(call) {
      const own = await applications.findOperational(call.principal.organizationId);
      const named = parameter(call, "endpoint_id");
      const found = own === undefined ? undefined : await endpoints.find(own.id, named);
      if (found === undefined) throw notFound();
      return found;
    },
  };
}
