import type { Endpoint } from "../../domain/records.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { findEndpoint } from "../applications/find-application.ts";
import { conflict } from "../http/problem.ts";
import { parameter, type PathCall } from "../route.ts";

/** When the operations that use it answer with 409. */
export const ENDPOINT_DISABLED = "The endpoint is disabled";

/** The endpoint that the path names. Throws a ProblemError: 404 if there is none, 409 if it is disabled. */
export async function findEnabledEndpoint(
  deps: Pick<Catalogue, "applications" | "endpoints">,
  call: PathCall,
): Promise<Endpoint> {
  const endpoint = await findEndpoint(deps, call);
  if (endpoint.disabled) {
    const named = parameter(call, "app_id");
    const how = `PATCH /api/v1/app/${named}/endpoint/${endpoint.id} with {"disabled": false}`;
    throw conflict(`${ENDPOINT_DISABLED}: enable it first, by ${how}`, "endpoint_disabled");
  }
  return endpoint;
}
